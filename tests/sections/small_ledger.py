"""Tiny ledgers of invented facts for the tests of sections, and the words a section prints.

Every figure and source here is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from generator.charts import Look, Typeface
from generator.definitions import read_report
from generator.language.days import MONTHS
from generator.model.brief import Exhibit, Section
from generator.model.fact import Fact, Source, Unit, Value, fact_id
from generator.model.ledger import Ledger
from generator.model.period import Kind, Period
from generator.model.series import Series
from generator.model.snapshot import Company
from generator.model.text import Figure, Strong, Text
from generator.pipeline import gather, measure_brief
from generator.sections.phrases import printed
from generator.sections.setting import Setting
from generator.sources.kpis import KpiSource
from generator.sources.seeds import SeedSource

ROOT = Path(__file__).parents[2]
DAY = date(2025, 10, 2)
YEAR_START = date(2024, 12, 31)
TICKERS = ("BABA", "GOOGL", "MSFT", "AMZN", "AAPL", "NVDA")
COMPANY = Company(
    ticker="INVT", name="Invented Group", short_name="Invented", exchange="NYSE", mic="XNYS", price_currency="USD",
    statement_currency="USD",
)  # fmt: skip
PEER = Company(
    ticker="PEER", name="Made-up Peer", short_name="Peerless", exchange="NYSE", mic="XNYS", price_currency="USD",
    statement_currency="USD",
)  # fmt: skip
COMPUTED = ("price_change", "upside", "scenario_price", "scenario_change", "decomposition")
YTD = Period(kind="window", start=YEAR_START, end=DAY)


def source(publisher: str = "Invented Source", day: date = DAY) -> Source:
    """Return a made-up source."""
    return Source(publisher=publisher, title="made up", url="https://example.com", published_on=day)


def fact(
    metric: str, value: Value | None, unit: Unit = Unit.MONEY, *, period: Period | None = None, name: str = "",
    entity: str = "INVT", currency: str | None = "USD", note: str = "", reason: str = "", not_meaningful: bool = False,
    confirmed: bool = True, publisher: str = "Invented Source", inputs: tuple[str, ...] = (),
) -> Fact:  # fmt: skip
    """Return an invented fact; one without a period is of the day of the brief."""
    when = period or Period.instant(DAY)
    money = unit in (Unit.MONEY, Unit.PER_SHARE, Unit.PER_ADS)
    return Fact(
        id=fact_id(entity, metric, when, name), entity=entity, metric=metric, label=metric.replace("_", " "),
        value=value, unit=unit, period=when, as_of=when.end, published_on=when.end, name=name, note=note,
        currency=currency if money else None, sources=(source(publisher, when.end),), reason=reason,
        not_meaningful=not_meaningful, confirmed=confirmed, inputs=inputs,
        formula="made up" if metric in COMPUTED else "",
    )  # fmt: skip


def quarter(year: int, month: int) -> Period:
    """Return the calendar quarter that ends with a month."""
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return Period(kind="quarter", start=date(year, month - 2, 1), end=end)


def year(number: int, kind: Kind = "fiscal_year") -> Period:
    """Return a calendar year."""
    return Period(kind=kind, start=date(number, 1, 1), end=date(number, 12, 31))


def prices(entity: str = "INVT", *, first: float = 80.0, last: float = 100.0) -> Series:
    """Return made-up closes on a straight line from the start of the year to the day of the brief."""
    days = [YEAR_START + timedelta(days=i) for i in range((DAY - YEAR_START).days + 1)]
    step = (last - first) / (len(days) - 1)
    values = tuple(first + i * step for i in range(len(days)))
    return Series(entity=entity, metric="close", label="close", days=tuple(days), values=values,
                  unit=Unit.PER_SHARE, currency="USD", sources=(source(),))  # fmt: skip


def price_facts(price: float = 100.0, base: float = 80.0, entity: str = "INVT") -> list[Fact]:
    """Return a price, the one the year started from, and the change between them."""
    return [
        fact("price", price, Unit.PER_SHARE, entity=entity),
        fact("base_price", base, Unit.PER_SHARE, entity=entity, name="ytd", period=Period.instant(YEAR_START)),
        fact("price_change", price / base - 1, Unit.FRACTION, entity=entity, name="ytd", period=YTD),
    ]


def target(name: str, value: float, price: float, *, metric: str = "house_target", confirmed: bool = True,
           publisher: str = "Invented Source", currency: str = "USD") -> list[Fact]:  # fmt: skip
    """Return a target and, in the currency of the price, its distance from the price."""
    stated = fact(metric, value, Unit.PER_SHARE, name=name, confirmed=confirmed, publisher=publisher, currency=currency)
    upside = fact("upside", value / price - 1, Unit.FRACTION, name=name or metric, note=metric, confirmed=confirmed,
                  inputs=(stated.id,))  # fmt: skip
    return [stated, upside] if currency == "USD" else [stated]


def small(facts: Iterable[Fact], *, lines: Iterable[Series] = (), peers: tuple[str, ...] = (),
          company: Company = COMPANY, benchmark: str = "") -> Ledger:  # fmt: skip
    """Return a ledger of invented facts on the day of the brief."""
    known = {"INVT": company} | dict.fromkeys(peers, PEER)
    return Ledger(subject="INVT", until=DAY, companies=known, peers=peers, benchmark=benchmark).plus(facts, lines)


def setting(ledger: Ledger) -> Setting:
    """Return the setting of a section on a ledger."""
    names = {ticker: company.short_name for ticker, company in ledger.companies.items()}
    return Setting(
        look=Look(
            wording=ledger.wording, typeface=Typeface.of_house(ROOT / "templates" / "house" / "fonts"), names=names
        )
    )


@lru_cache(maxsize=24)
def shipped(ticker: str, until: date = DAY) -> Ledger:
    """Return the ledger of one shipped report."""
    report = read_report(ROOT / "reports" / f"{ticker.lower()}.toml")
    seeds = SeedSource(ROOT / "seeds")
    sources = (seeds, KpiSource(ROOT / "reports", splits=seeds.splits))
    return measure_brief(report, gather(report, sources=sources, until=until))


def texts(section: Section) -> Iterator[Text]:
    """Return every text of a section but the alternative ones, which the charts write."""
    yield section.lede
    for paragraph in (*section.prose, *(p for box in section.callouts for p in box.paragraphs)):
        yield from paragraph.sentences
    for exhibit in section.exhibits:
        yield from (exhibit.title, exhibit.subtitle, exhibit.note)
        for row in exhibit.table.rows if exhibit.table else ():
            yield from (row.head, *row.cells)


def words(section: Section, ledger: Ledger) -> str:
    """Return all words of a section as they are printed, with plain spaces."""
    return " ".join(" ".join(printed(ledger.wording, text) for text in texts(section)).replace("\u00a0", " ").split())


def title(section: Section, key: str, ledger: Ledger) -> str:
    """Return the title of one exhibit."""
    return printed(ledger.wording, exhibit(section, key).title).replace("\u00a0", " ")


def exhibit(section: Section, key: str) -> Exhibit:
    """Return one exhibit of a section."""
    return next(each for each in section.exhibits if each.key == key)


def cells(section: Section, key: str, ledger: Ledger) -> dict[str, list[str]]:
    """Return a table as its rows' cells by their heads."""
    table = exhibit(section, key).table
    assert table is not None
    write = ledger.wording
    return {
        printed(write, row.head): [printed(write, cell).replace("\u00a0", " ") for cell in row.cells]
        for row in table.rows
    }


DATE = re.compile(
    rf"(\d{{1,2}}[\u00a0 ])?({'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)}) \d{{4}}|FY\d{{4}}"
)
DAY_OF_YEAR = re.compile(rf"\d{{1,2}}[\u00a0 ]({'|'.join(MONTHS)})")


def typed_figures(section: Section, ledger: Ledger) -> list[str]:
    """Return the words of a section that hold digits and come neither from a fact nor from a date."""
    given = {part for each in ledger.facts.values() for part in (each.name, each.arithmetic, each.reason, each.note)}
    given |= {company.short_name for company in ledger.companies.values()}
    known = sorted((part for part in given if any(c.isdigit() for c in part)), key=len, reverse=True)
    found = []
    for text in texts(section):
        for run in text:
            if isinstance(run, Figure):
                continue
            left = run.words if isinstance(run, Strong) else run
            for part in known:
                left = left.replace(part, "").replace(part[:1].lower() + part[1:], "")
            left = DAY_OF_YEAR.sub("", DATE.sub("", left))
            if any(c.isdigit() for c in left):
                found.append(left)
    return found


def faults(section: Section, ledger: Ledger) -> list[str]:
    """Return what must not be in any section: empty parts, titles too long, words that betray a missing figure."""
    said = words(section, ledger)
    found = [
        word
        for word in ("None", "nan", "n/a n/a", "{", "}", "  ", " ,", " .", "..")
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said)
    ]
    if "None of" in said:
        found = [word for word in found if word != "None"]
    for each in section.exhibits:
        limit = 95 if each.width == "full" else 50
        length = len(printed(ledger.wording, each.title))
        found += [f"title of {each.key} has {length} letters"] * (length > limit)
        found += [f"{each.key} shows nothing"] * (each.drawing is None and each.table is None)
        found += [f"{each.key} has no source"] * (not each.sources)
    found += ["the section is empty"] * (not section.unavailable and not section.prose)
    return found + typed_figures(section, ledger)
