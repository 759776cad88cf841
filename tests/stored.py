"""What the tests of the store put into it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from generator.model.answer import Answer
from generator.model.fact import Unit
from generator.model.series import Series
from generator.model.snapshot import Company, Snapshot
from generator.store import Store
from generator.store.snapshots import Kept, keep_snapshot

NOW = datetime(2025, 2, 24, 22, 30, tzinfo=UTC)
DAY = date(2025, 2, 24)


def snapshot(ticker: str = "ACME", *, until: date = DAY, close: float = 10.0) -> Snapshot:
    """Return a small snapshot of a company."""
    company = Company(
        ticker=ticker, name=f"{ticker} Inc.", short_name=ticker, exchange="NYSE", mic="XNYS", price_currency="USD",
        statement_currency="USD", industry="Anvils",
    )  # fmt: skip
    prices = Series(entity=ticker, metric="close", label="close", days=(until,), values=(close,), unit=Unit.PER_SHARE)
    return Snapshot(ticker=ticker, until=until, company=company, prices=prices)


def answer(body: bytes = b"{}", *, status: int = 200) -> Answer:
    """Return a raw answer."""
    url = "https://example.com/quote?symbol=ACME"
    return Answer(provider="yahoo", method="GET", url=url, status=status, body=body, retrieved_at=NOW)


def keep(store: Store, known: Snapshot, *bodies: bytes, source: str = "yahoo") -> Kept:
    """Keep a snapshot with its answers."""
    answers = [answer(body) for body in bodies]
    return keep_snapshot(store, known, source=source, at=NOW, answers=answers, licence="demo")
