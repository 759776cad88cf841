"""Definitions: reports/*.toml in, `Report` and `Settings` out, with every problem of every file told at once."""

from __future__ import annotations

from generator.definitions.form import SECTIONS, write_schema
from generator.definitions.reading import (
    read_report,
    read_reports,
    read_reports_leniently,
    report_files,
    report_for,
    ticker_of,
)
from generator.definitions.settings import Settings, read_settings, write_settings_schema

__all__ = [
    "SECTIONS",
    "Settings",
    "read_report",
    "read_reports",
    "read_reports_leniently",
    "read_settings",
    "report_files",
    "report_for",
    "ticker_of",
    "write_schema",
    "write_settings_schema",
]
