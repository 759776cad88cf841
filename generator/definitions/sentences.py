"""Sentences: what pydantic found wrong, in words that name the key, the value and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.definitions.form import ReportFile
from generator.errors import Problem

KINDS = {
    "ticker": "a ticker",
    "benchmark": "a ticker",
    "peers": "a ticker",
    "windows": "a window",
    "order": "a section",
    "sources": "a source",
    "columns": "a column",
    "language": "a language",
    "paper": "a paper size",
    "checks": "a level",
    "native_lang": "a language tag",
    "fiscal_year_end": "a month and day",
    "template": "a template's name",
    "weekday": "a weekday",
    "earliest": "a time of day",
    "on_move": "a share",
    "exchange": "an exchange's code",
    "need": "a kind of approval",
    "catch_up": "a way to catch up",
    "companies": "a ticker",
    "security": "a kind of encryption",
    "pdf": "a way to send the PDF",
    "cadence": "a cadence",
    "unsubscribe_page": "an unsubscription page",
    "link": "a link",
    "url": "a webhook's address",
}
ADVICE = {
    "ticker": "use up to 15 capital letters, digits and . - = ^, such as BABA or 9988.HK",
    "native_lang": 'write it as "zh-Hans" or "ja"',
    "fiscal_year_end": 'write it as "03-31"',
    "template": "use small letters, digits and hyphens",
    "unsubscribe_page": 'write it as "https://desk.example/u/{token}"',
    "link": 'write it as "https://desk.example/{period}/{file}"',
    "url": "use an https:// address",
    "earliest": 'write it as "18:30"',
    "on_move": 'write it as "5%"',
    "exchange": 'use its four-letter code (MIC), such as "XNYS" or "XHKG"',
}
FEW = 8
TYPES = {
    "string": "a text in quotes",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "tuple": 'a list, such as ["MSFT", "AMZN"]',
    "dict": "a table of its own",
    "model": "a table of its own",
    "date": "a date such as 2025-10-02",
}


def problems_of(error: ValidationError, where: str, *, form: type[BaseModel] = ReportFile) -> Iterator[Problem]:
    """Give each problem of a file as one sentence, in the file's order of keys; `form` is what the file should be."""
    errors = error.errors(include_url=False)
    # A list whose entries are wrong is not also too short.
    inner = {each["loc"][:-1] for each in errors}
    for each in errors:
        if each["type"] != "too_short" or each["loc"] not in inner:
            yield _problem(each, where, form)


def _problem(error: ErrorDetails, where: str, form: type[BaseModel]) -> Problem:
    path = tuple(part for part in error["loc"] if part != "[key]")
    place, kind, value = f"{where}: {dotted(path)}" if path else where, error["type"], error["input"]
    context = error.get("ctx", {})
    # An order of sources is not one of sections.
    names = path[:1] if path[:1] == ("sources",) else reversed(path)
    field = next((str(part) for part in names if isinstance(part, str) and part in KINDS), "")
    if kind == "extra_forbidden":
        return Problem(place, "the key is not known", _near_key(path, form))
    if kind == "missing":
        return Problem(place, "the key is missing", f'write {path[-1]} = "..."')
    if kind == "literal_error" and error["loc"][-1] == "[key]":
        known = re.findall(r"'([^']*)'", context["expected"])
        return Problem(place, "the key is not known", near(str(path[-1]), known))
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", context["expected"])
        return Problem(place, f"{quoted(value)} is not {KINDS.get(field, 'known')}", _one_of(str(value), known))
    if kind == "value_error":
        return _own(str(context["error"]), place)
    return Problem(place, *_plain(kind, value, context, field))


def _plain(kind: str, value: object, context: Mapping[str, Any], field: str) -> tuple[str, str]:
    """Return what is wrong and what to do, for errors of form and of size."""
    if kind == "string_pattern_mismatch":
        advice = ADVICE["ticker" if KINDS.get(field) == "a ticker" else field] if field else "write it in one line"
        return f"{quoted(value)} is not {KINDS.get(field, 'one line of text')}", advice
    if kind in ("too_long", "too_short"):
        unit, limit = ("at most", "max_length") if kind == "too_long" else ("at least", "min_length")
        return f"it has {context['actual_length']} entries", f"use {unit} {context[limit]}"
    if kind == "string_too_long":
        return f"the text has {len(str(value))} characters", f"use at most {context['max_length']}"
    bounds = {"greater_than": "above", "greater_than_equal": "at least", "less_than_equal": "at most"}
    if kind in bounds:
        limit = next(iter(context.values()))
        return f"{value} is out of range", f"use a number {bounds[kind]} {limit}"
    wanted = next((words for name, words in TYPES.items() if kind.startswith(name)), "of another form")
    return f"{quoted(value)} is not {wanted}", ""


def _own(words: str, place: str) -> Problem:
    """Return a problem whose sentence stands in the form, "what; what to do"."""
    what, _, advice = words.partition("; ")
    return Problem(place, what, advice)


def _near_key(path: Sequence[Any], form: type[BaseModel]) -> str:
    table: Any = form
    for part in path[:-1]:
        field = table.model_fields.get(part) if isinstance(table, type) and issubclass(table, BaseModel) else None
        table = field.annotation if field else None
    if not (isinstance(table, type) and issubclass(table, BaseModel)):
        return "take it out"
    return near(str(path[-1]), list(table.model_fields))


def near(name: str, known: Sequence[str]) -> str:
    """Return the advice for a name that is not known: the nearest one, or all of them."""
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"use {listed(known)}"


def _one_of(value: str, known: Sequence[str]) -> str:
    return near(value, known) if len(known) > FEW else f"use {listed(known)}"


def listed(names: Sequence[str]) -> str:
    """Return names as a choice: "1m, 3m or 1y"."""
    return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def quoted(value: object) -> str:
    """Return a value as the file writes it, short enough for a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    short = text if len(text) <= 60 else f"{text[:57]}..."
    plain = "".join(letter if letter.isprintable() else "?" for letter in short)
    return f'"{plain}"' if isinstance(value, str) else plain


def dotted(path: Sequence[Any]) -> str:
    """Return a place in a file: "sections.valuation.windows[2]", counted from 1."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")
