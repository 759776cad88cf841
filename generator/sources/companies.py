"""Companies: the profiles of seeds/companies.csv."""

from __future__ import annotations

import re
from datetime import date

from generator.model.snapshot import Company
from generator.sources.rows import TICKER, Row, Sheet

COLUMNS = (
    "ticker", "name", "short_name", "native_name", "native_lang", "exchange", "mic", "price_currency",
    "statement_currency", "ads_ratio", "fiscal_year_end", "sector", "industry", "country", "instrument",
    "home_ticker", "cik",
)  # fmt: skip
YEAR_END = re.compile(r"\d{2}-\d{2}")
INSTRUMENTS = ("equity", "etf", "index")


def read_companies(sheet: Sheet) -> dict[str, Company]:
    """Return the company of each ticker, in the file's order."""
    companies: dict[str, Company] = {}
    for row in sheet.rows(COLUMNS):
        company = _company(row)
        if company is None:
            continue
        if company.ticker in companies:
            row.wrong(f"ticker {company.ticker} stands twice", "one line a company")
        companies.setdefault(company.ticker, company)
    return companies


def _company(row: Row) -> Company | None:
    if not TICKER.fullmatch(row["ticker"]):
        row.unfit("ticker", "a ticker", "use capital letters and digits, such as BABA")
        return None
    if not row["name"]:
        row.wrong("name is empty")
    if row["instrument"] not in INSTRUMENTS:
        row.unfit("instrument", "an instrument", f"use one of {', '.join(INSTRUMENTS)}")
    row.currency("price_currency")
    if row["statement_currency"]:
        row.currency("statement_currency")
    ratio = row.positive("ads_ratio", "a number of ordinary shares") if row["ads_ratio"] else None
    return Company(
        ticker=row["ticker"],
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        exchange=row["exchange"],
        mic=row["mic"],
        price_currency=row["price_currency"],
        statement_currency=row["statement_currency"] or row["price_currency"],
        native_name=row["native_name"],
        native_lang=row["native_lang"],
        ads_ratio=None if ratio is None else float(ratio),
        fiscal_year_end=_year_end(row),
        sector=row["sector"],
        industry=row["industry"],
        country=row["country"],
        instrument=row["instrument"],
    )


def _year_end(row: Row) -> str:
    text = row["fiscal_year_end"] or "12-31"
    try:
        known = YEAR_END.fullmatch(text) and date.fromisoformat(f"2024-{text}")
    except ValueError:
        known = None
    if not known:
        row.unfit("fiscal_year_end", "a month and day", "write it as 03-31")
    return text
