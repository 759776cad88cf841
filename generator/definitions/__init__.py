"""Definitions: reports/*.toml in, `Report` and `Settings` out, with every problem of every file told at once."""

from __future__ import annotations

from generator.definitions.beyond import vocabulary_of
from generator.definitions.brands import read_brand
from generator.definitions.form import SECTIONS, write_schema
from generator.definitions.reading import (
    kpi_file,
    read_report,
    read_reports,
    read_reports_leniently,
    report_files,
    report_for,
    ticker_of,
)
from generator.definitions.recipients import read_recipients, write_recipients_schema
from generator.definitions.settings import Settings, read_settings, write_settings_schema

__all__ = [
    "SECTIONS",
    "Settings",
    "kpi_file",
    "read_brand",
    "read_recipients",
    "read_report",
    "read_reports",
    "read_reports_leniently",
    "read_settings",
    "report_files",
    "report_for",
    "ticker_of",
    "vocabulary_of",
    "write_recipients_schema",
    "write_schema",
    "write_settings_schema",
]
