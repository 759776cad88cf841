"""Report: what is asked, one company's standing order as its file in `reports/` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.model.authorship import Writing
from generator.model.finding import Override
from generator.model.schedule import Approval, Schedule
from generator.model.vocabulary import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One company's standing order. Empty strings and None mean: take it from the sources or the brand.

    `sections` names the sections in order; `options` holds what the report file says about each of them.
    `words` are the analyst's own texts by section, in Markdown, and `words_from` says where each of them stands.
    `checks` retune a check by its name: a level, or a table with a level and the check's limits; `overrides` are
    the findings that a person answers for; `vocabulary` are the desk's own words with the facts they need.
    `disclosures` fill the blocks at the back. `remark` is what the data notes say about an order that no file gave.
    """

    ticker: str
    path: Path
    name: str = ""
    short_name: str = ""
    native_name: str = ""
    native_lang: str = ""
    peers: tuple[str, ...] = ()
    benchmark: str = "SPY"
    fiscal_year_end: str = ""
    ads_ratio: float | None = None
    sections: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    checks: Mapping[str, str | Mapping[str, Any]] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    vocabulary: tuple[Word, ...] = ()
    template: str = "house"
    brand: str = ""
    language: str = "en"
    paper: str = "A4"
    author: str = ""
    writing: Writing | None = None
    kpis: Path | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    words_from: Mapping[str, str] = field(default_factory=dict)
    disclosures: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    schedule: Schedule = field(default_factory=Schedule)
    approval: Approval = field(default_factory=Approval)
