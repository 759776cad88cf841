"""Definitions: reports/*.toml in, `Report` out, with every problem of every file told at once."""

from __future__ import annotations

from generator.definitions.form import SECTIONS, write_schema
from generator.definitions.reading import read_report, read_reports, read_reports_leniently, report_for, ticker_of

__all__ = [
    "SECTIONS",
    "read_report",
    "read_reports",
    "read_reports_leniently",
    "report_for",
    "ticker_of",
    "write_schema",
]
