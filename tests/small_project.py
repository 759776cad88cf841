"""A small project on disk: ACME (an ADS on statements in yuan), its peer PEER and the fund SPY."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

COMPANIES = """\
ticker,name,short_name,native_name,native_lang,exchange,mic,price_currency,statement_currency,ads_ratio,fiscal_year_end,sector,industry,country,instrument,home_ticker,cik
ACME,Acme Holding Limited,Acme,,,NYSE,XNYS,USD,CNY,8,03-31,,,,equity,,
PEER,"Peer, Inc.",Peer,,,NASDAQ,XNAS,USD,USD,,12-31,,,,equity,,
SPY,SPDR S&P 500 ETF Trust,S&P 500,,,NYSE Arca,ARCX,USD,,,,,,,etf,,
"""
CREDITS = """\
ticker,currency,adjustment,publisher,title,url,licence
ACME,USD,split-adjusted,Vendor,Daily history,https://example.com/a,demo only
PEER,USD,split-adjusted,Vendor,Daily history,https://example.com/p,demo only
SPY,USD,split-adjusted,Vendor,Daily history,https://example.com/s,demo only
"""
RATE_CREDITS = (
    "currency,unit,publisher,title,url,licence\nCNY,CNY per 1 USD,Central bank,Rates,https://example.com/fx,\n"
)
SPLITS = "ticker,date,ratio,publisher,url\nPEER,2025-06-10,10,Peer,https://example.com/split\n"
FACT_HEAD = (
    "id,entity,metric,name,value,low,high,unit,currency,period,start,end,"
    "published_on,publisher,title,url,locator,confirmed,note\n"
)
REVENUE = (
    "acme-rev-2506,ACME,revenue,,234156,,,million,CNY,quarter,2025-04-01,2025-06-30,"
    "2025-08-29,Acme,June quarter results,https://example.com/q,,yes,\n"
)
EPS = (
    "peer-eps-25q1,PEER,diluted_eps,,12.5,,,per share,USD,quarter,2025-01-01,2025-03-31,"
    "2025-04-20,Peer,March quarter results,https://example.com/p,,yes,\n"
)
GROWTH = (
    "acme-cloud-2506,ACME,segment_growth,Cloud,26,,,%,,quarter,2025-04-01,2025-06-30,"
    "2025-08-29,Acme,June quarter results,https://example.com/q,,yes,\n"
)
REPORT = '#:schema report.schema.json\nticker = "ACME"\npeers = ["PEER"]\nbenchmark = "SPY"\n'
FIRST, LAST = date(2024, 1, 2), date(2025, 10, 2)


def weekdays(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    """Give the Mondays to Fridays from one day to another."""
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def price_file(start: float) -> str:
    """Return closes that rise and fall a little, the same on every run."""
    lines = ["date,open,high,low,close,volume"]
    for i, day in enumerate(weekdays()):
        close = start * (1 + 0.001 * i + 0.01 * ((i * 7) % 5))
        lines.append(f"{day},1,1,1,{close:.2f},1000")
    return "\n".join(lines) + "\n"


def rate_file() -> str:
    """Return a rate of 7.1 yuan a dollar, published three days late."""
    rows = (f"{day},7.1,{day + timedelta(days=3)}" for day in weekdays())
    return "date,rate,published_on\n" + "\n".join(rows) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallProject:
    """The project's folder, with a hand to spoil its files."""

    root: Path

    @classmethod
    def written(cls, root: Path) -> SmallProject:
        """Return the project, its files written."""
        project = cls(root=root)
        for name, text in {
            "reports/acme.toml": REPORT,
            "reports/acme/kpis.csv": FACT_HEAD + GROWTH,
            "seeds/companies.csv": COMPANIES,
            "seeds/splits.csv": SPLITS,
            "seeds/prices/sources.csv": CREDITS,
            "seeds/prices/ACME.csv": price_file(100),
            "seeds/prices/PEER.csv": price_file(50),
            "seeds/prices/SPY.csv": price_file(400),
            "seeds/dividends/sources.csv": CREDITS,
            "seeds/dividends/ACME.csv": "ex_date,amount,currency\n2025-06-12,2.0,USD\n",
            "seeds/fx/CNY.csv": rate_file(),
            "seeds/fx/sources.csv": RATE_CREDITS,
            "seeds/facts/ACME.csv": FACT_HEAD + REVENUE,
            "seeds/facts/PEER.csv": FACT_HEAD + EPS,
        }.items():
            project.write(name, text)
        return project

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file of the project and return its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name: str) -> str:
        """Return the text of a file of the project."""
        return (self.root / name).read_text(encoding="utf-8")

    def swap(self, name: str, old: str, new: str) -> None:
        """Replace the one place in a file where `old` stands."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def swap_line(self, name: str, number: int, new: str) -> None:
        """Replace a line of a file, counted from 1; an empty text takes it out."""
        lines = self.read(name).splitlines(keepends=True)
        lines[number - 1] = f"{new}\n" if new else ""
        self.write(name, "".join(lines))
