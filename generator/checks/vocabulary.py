"""The vocabulary: which words need which facts. The shipped one is vocabulary.toml beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from generator.errors import InputError, Problem
from generator.model.vocabulary import Word

RULES = (
    "rise", "fall", "growth", "slow", "cheap", "expensive", "bullish", "bearish", "record", "majority", "never",
)  # fmt: skip
KEYS = ("words", "rule", "bound", "needs", "unless", "advice")


@lru_cache(maxsize=1)
def shipped() -> tuple[Word, ...]:
    """Return the words that every brief is held to."""
    place = "generator/checks/vocabulary.toml"
    return parsed(files("generator.checks").joinpath("vocabulary.toml").read_text(encoding="utf-8"), place)


def extended(own: Iterable[Word]) -> tuple[Word, ...]:
    """Return the shipped words with a desk's own; one of the same name replaces the shipped one."""
    return tuple(({word.name: word for word in shipped()} | {word.name: word for word in own}).values())


def parsed(text: str, place: str) -> tuple[Word, ...]:
    """Return the words of a vocabulary file.

    Raises:
        InputError: rows of it are wrong, all of them told.
    """
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError.at(place, f"not TOML: {error}", 'write each line as key = "value"') from None
    problems = [problem for name, row in rows.items() for problem in _problems(name, row, place)]
    if problems:
        raise InputError(problems)
    return tuple(_word(name, row) for name, row in rows.items())


def _word(name: str, row: Mapping[str, Any]) -> Word:
    return Word(
        name=name,
        words=tuple(row["words"]),
        rule=row["rule"],
        needs=row["needs"],
        bound=float(row.get("bound", 0.0)),
        unless=tuple(row.get("unless", ())),
        advice=row.get("advice", ""),
    )


def _problems(name: str, row: object, place: str) -> Iterable[Problem]:
    where = f"{place}: {name}"
    if not isinstance(row, Mapping):
        yield Problem(where, "the key is not a table", f"write [{name}] above its lines")
        return
    for key in row:
        if key not in KEYS:
            yield Problem(f"{where}.{key}", "the key is not known", f"use {', '.join(KEYS)}")
    for key in ("words", "rule", "needs"):
        if not row.get(key):
            yield Problem(f"{where}.{key}", "the key is missing", f"write {key} = ...")
    if row.get("rule") and row["rule"] not in RULES:
        yield Problem(f"{where}.rule", f'"{row["rule"]}" is not a rule', f"use {', '.join(RULES)}")
    if not isinstance(row.get("bound", 0.0), float | int):
        yield Problem(f"{where}.bound", "it is not a number", "a bound of 20% is written 0.20")
    yield from _patterns(row, where)


def _patterns(row: Mapping[str, Any], where: str) -> Iterable[Problem]:
    for key in ("words", "unless"):
        stems = row.get(key, [])
        if not isinstance(stems, list) or not all(isinstance(stem, str) and stem for stem in stems):
            yield Problem(f"{where}.{key}", "it is not a list of texts", f'write {key} = ["..."]')
            continue
        for stem in stems:
            try:
                re.compile(stem)
            except re.error as error:
                yield Problem(f"{where}.{key}", f'"{stem}" is no pattern ({error})', "escape it, or write plain words")
