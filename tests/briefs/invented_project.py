"""Invented projects for golden briefs: companies, prices and statements that are all made up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sin
from pathlib import Path

from small_project import CREDITS, FACT_HEAD, RATE_CREDITS, SPLITS, rate_file, weekdays

from generator import pipeline
from generator.definitions import read_report
from generator.model.document import Document
from generator.sources.kpis import KpiSource
from generator.sources.seeds import SeedSource

DAY = date(2025, 10, 2)
TEMPLATES = Path(__file__).parents[2] / "templates"
HEAD = (
    "ticker,name,short_name,native_name,native_lang,exchange,mic,price_currency,statement_currency,ads_ratio,"
    "fiscal_year_end,sector,industry,country,instrument,home_ticker,cik"
)
QUARTERS = tuple(
    (date(year, month - 2, 1), date(year, month, last))
    for year in (2023, 2024, 2025)
    for month, last in ((3, 31), (6, 30), (9, 30), (12, 31))
    if date(year, month, last) < date(2025, 8, 1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """A made-up company: what it is called, its first close, its quarterly revenue (millions) and net margin.

    `metrics` are the statement figures it states; `publishers` how many others state them in turn.
    """

    ticker: str
    name: str
    short: str = ""
    native: str = ""
    lang: str = ""
    close: float = 100.0
    revenue: float = 9000.0
    margin: float = 0.12
    metrics: Sequence[str] = ("revenue", "net_income", "diluted_eps", "operating_cash_flow", "capital_expenditure")
    publishers: int = 1

    @property
    def row(self) -> str:
        """Its row in the list of companies."""
        short, kind = self.short or self.name, "Invented business"
        names = f'"{self.name}","{short}",{self.native},{self.lang}'
        return f"{self.ticker},{names},NYSE,XNYS,USD,USD,,12-31,Made up,{kind},Nowhere,equity,,"

    def facts(self) -> Iterator[str]:
        """Give its statement figures, a row each."""
        for i, (start, end) in enumerate(QUARTERS):
            revenue = self.revenue * (1 + 0.03 * i)
            income = revenue * (self.margin + 0.01 * sin(i))
            values = {
                "revenue": revenue, "net_income": income, "diluted_eps": income / 1000,
                "operating_cash_flow": income + 400, "capital_expenditure": 500 + 60 * i,
            }  # fmt: skip
            for j, metric in enumerate(self.metrics):
                number = (5 * i + j) % self.publishers
                place = f"Made-up press {chr(65 + number // 26)}{chr(65 + number % 26)}" if number else self.name
                unit = "per share" if metric == "diluted_eps" else "million"
                yield (
                    f"{self.ticker.lower()}-{metric}-{i},{self.ticker},{metric},,{values[metric]:.2f},,,{unit},USD,"
                    f'quarter,{start},{end},{end + timedelta(days=30)},"{place}",invented results {end},'
                    f"https://example.com/{i}/{j},,yes,made up"
                )
        yield (
            f"{self.ticker.lower()}-shares,{self.ticker},shares_outstanding,,1000,,,million shares,,instant,,"
            f'2025-07-31,2025-08-01,"{self.name}",invented count,https://example.com/count,,yes,made up'
        )

    def prices(self) -> str:
        """Return its closes, which rise and fall the same on every run."""
        rows = (
            f"{day},1,1,1,{self.close * (1 + 0.0005 * i + 0.12 * sin(i / 37 + len(self.ticker))):.2f},1000"
            for i, day in enumerate(weekdays(date(2024, 1, 2), DAY))
        )
        return "date,open,high,low,close,volume\n" + "\n".join(rows) + "\n"


def document_of(root: Path, companies: Sequence[Invented], *, own: Sequence[Path] = (), **report: object) -> Document:
    """Return the brief on the first of some companies, with the others as its peers; `own` are further templates."""
    subject, *peers = companies
    asked = {"ticker": subject.ticker, "peers": [each.ticker for each in peers], "benchmark": "SPY", **report}
    tables = {key: value for key, value in asked.items() if isinstance(value, dict)}
    lines = [f"{key} = {json.dumps(value)}" for key, value in asked.items() if key not in tables]
    for key, table in tables.items():
        lines += [f"[{key}]", *(f"{name} = {json.dumps(value)}" for name, value in table.items())]
    fund = Invented(ticker="SPY", name="Fund of everything", close=400, metrics=())
    priced = (*companies, fund)
    credit = CREDITS.splitlines()[0]
    credits_ = "\n".join([credit, *(f"{each.ticker},USD,split-adjusted,Made-up exchange,Closes of {each.ticker},"
                                    "https://example.com/p,made up" for each in priced)]) + "\n"  # fmt: skip
    files = {
        "reports/one.toml": "\n".join(lines) + "\n",
        "seeds/companies.csv": "\n".join([HEAD, *(each.row for each in priced)]) + "\n",
        "seeds/splits.csv": SPLITS.splitlines()[0] + "\n",
        "seeds/prices/sources.csv": credits_,
        "seeds/fx/CNY.csv": rate_file(),
        "seeds/fx/sources.csv": RATE_CREDITS,
        **{f"seeds/prices/{each.ticker}.csv": each.prices() for each in priced},
        **{f"seeds/facts/{each.ticker}.csv": FACT_HEAD + "\n".join(each.facts()) + "\n" for each in companies},
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    seeds = SeedSource(root / "seeds")
    sources = (seeds, KpiSource(root / "reports", splits=seeds.splits))
    return pipeline.make(
        read_report(root / "reports" / "one.toml"), sources=sources, until=DAY, templates=(*own, TEMPLATES)
    )
