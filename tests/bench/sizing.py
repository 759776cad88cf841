"""Sizing: what a week costs for many companies, reckoned from measured figures; `python -m bench.sizing` prints it."""

from __future__ import annotations

from dataclasses import dataclass

HOUR, MB, GB = 3600.0, 1e6, 1e9
SIZES = (1_000, 10_000, 100_000)
HEAD = "| companies | Yahoo | SEC | CPU | on 16 cores | store a week | mail, 3 readers each |"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one brief was measured to take, and what providers allow.

    CPU: a brief of a batch on one worker. File and snapshot: the middle of the shipped six (two slow cores). Requests
    and the rates at which providers answer: what their users report (Yahoo) and what the SEC allows.
    """

    cpu_seconds: float = 5.5
    pdf_bytes: float = 0.85 * MB
    snapshot_bytes: float = 0.12 * MB
    yahoo_requests: float = 8.0
    yahoo_per_second: float = 0.5
    sec_requests: float = 2.0
    sec_per_second: float = 10.0
    readers: int = 3
    encoded: float = 1.37


def rows(figures: Figures | None = None) -> list[str]:
    """Return the table as Markdown, a line for each size."""
    return [_row(companies, figures or Figures()) for companies in SIZES]


def _row(companies: int, one: Figures) -> str:
    yahoo = companies * one.yahoo_requests / one.yahoo_per_second / HOUR
    sec = companies * one.sec_requests / one.sec_per_second / HOUR
    cpu = companies * one.cpu_seconds / HOUR
    stored = companies * (one.pdf_bytes + one.snapshot_bytes) / GB
    mail = companies * one.readers * one.pdf_bytes * one.encoded / GB
    cells = (f"{companies:,}", _time(yahoo), _time(sec), f"{cpu:,.1f} h", _time(cpu / 16), f"{stored:,.1f} GB")
    return f"| {' | '.join(cells)} | {mail:,.1f} GB |"


def _time(hours: float) -> str:
    if hours < 1:
        return f"{hours * 60:.0f} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} days"


if __name__ == "__main__":
    print("\n".join((HEAD, *rows())))  # noqa: T201 -- a table for the guide
