"""Beyond the form: keys that must agree with each other, and files and checks that must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from generator.definitions.form import SECTIONS, Level, Worded
from generator.definitions.sentences import listed, near, quoted
from generator.errors import InputError, Problem
from generator.model.vocabulary import Word

VOCABULARY = "vocabulary.toml"


def beyond_form(data: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """Give what is wrong with a report file although each of its keys may be well formed.

    It looks at the raw file, so that these problems are told together with those of form.
    """
    yield from _own_company(data, path)
    yield from _checks(data.get("checks"), path)
    yield from _overrides(data.get("overrides"), path)
    if isinstance(data.get("kpis"), str) and data["kpis"]:
        yield from _file_problems(data["kpis"], "kpis", path)
    words = data.get("words")
    for section, text in words.items() if isinstance(words, Mapping) else ():
        if isinstance(text, str) and names_file(text):
            yield from _file_problems(text, f"words.{section}", path)
        if section in get_args(Worded) and section not in (*_order(data), "notes"):
            yield Problem(f"{path}: words.{section}", "sections.order leaves that section out", "add it there")


def _order(data: Mapping[str, Any]) -> Sequence[Any]:
    """Return the sections asked for; all of them where the file does not say, or not in the right form."""
    sections = data.get("sections")
    order = sections.get("order") if isinstance(sections, Mapping) else None
    return order if isinstance(order, list) else SECTIONS


def vocabulary_of(folder: Path) -> tuple[Word, ...]:
    """Return the desk's own vocabulary, from vocabulary.toml beside its report files; none without the file.

    Raises:
        InputError: the file cannot be read, or has problems, all of them told.
    """
    path = folder / VOCABULARY
    if not path.is_file():
        return ()
    from generator.checks.vocabulary import parsed

    try:
        return parsed(path.read_text(encoding="utf-8-sig"), str(path))
    except (UnicodeDecodeError, OSError):
        raise InputError.at(str(path), "the file cannot be read", "save it as UTF-8") from None


def names_file(text: str) -> bool:
    """Tell whether words are the name of a Markdown file rather than the text itself."""
    return "\n" not in text and text.endswith(".md")


def words_of(text: str, folder: Path) -> str:
    """Return the analyst's words: the text itself, or the content of the Markdown file it names."""
    return (folder / text).read_text(encoding="utf-8-sig") if names_file(text) else text


def place_of(text: str, section: str, path: Path) -> str:
    """Return where the analyst's words for a section stand, for a sentence about a fault in them."""
    return f"{path.parent / text} (words.{section})" if names_file(text) else f"{path}: words.{section}"


def _own_company(data: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    ticker, peers = data.get("ticker"), data.get("peers")
    if isinstance(peers, list) and ticker in peers:
        yield Problem(f"{path}: peers", f"{quoted(ticker)} is the company itself", "take it out")
    if ticker is not None and ticker == data.get("benchmark", "SPY"):
        yield Problem(f"{path}: benchmark", f"{quoted(ticker)} is the company itself", "use an index fund such as QQQ")
    if data.get("native_name") and not data.get("native_lang"):
        advice = 'name its language, such as native_lang = "zh-Hans"'
        yield Problem(f"{path}: native_lang", "the key is missing beside native_name", advice)


def _checks(checks: object, path: Path) -> Iterator[Problem]:
    if not isinstance(checks, Mapping) or not checks:
        return
    from generator.checks import CHECKS

    for name, asked in checks.items():
        where = f"{path}: checks.{name}"
        if name not in CHECKS:
            yield Problem(where, "the key is not known", near(name, list(CHECKS)))
        elif isinstance(asked, Mapping):
            yield from _tuned(asked, CHECKS[name].limits, where)
        else:
            yield from _level(asked, where)


def _level(asked: object, where: str) -> Iterator[Problem]:
    if asked not in get_args(Level):
        yield Problem(where, f"{quoted(asked)} is not a level", f"use {listed(get_args(Level))}")


def _tuned(asked: Mapping[str, Any], limits: Mapping[str, float], where: str) -> Iterator[Problem]:
    """Give what is wrong with a check's table of level and limits."""
    for key, value in asked.items():
        if key == "level":
            yield from _level(value, f"{where}.level")
        elif key not in limits:
            yield Problem(f"{where}.{key}", "the key is not known", near(key, ["level", *limits]))
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            yield Problem(f"{where}.{key}", f"{quoted(value)} is not a limit", "use a number of 0 or more")


def _overrides(overrides: object, path: Path) -> Iterator[Problem]:
    from generator.checks import CHECKS

    for number, each in enumerate(overrides if isinstance(overrides, list) else (), 1):
        name = each.get("check") if isinstance(each, Mapping) else None
        if isinstance(name, str) and name and name not in CHECKS:
            where = f"{path}: overrides[{number}].check"
            yield Problem(where, f"{quoted(name)} is not a check", near(name, list(CHECKS)))


def _file_problems(name: str, key: str, path: Path) -> Iterator[Problem]:
    """Give what is wrong with a file named in a report file; it must lie below the folder of that file."""
    folder, file, where = path.parent, path.parent / name, f"{path}: {key}"
    if not file.resolve().is_relative_to(folder.resolve()):
        yield Problem(where, f"{quoted(name)} leads out of {folder.name}/", "name a file below it")
        return
    try:
        file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        yield Problem(where, f"{quoted(name)} is not UTF-8", "save the file as UTF-8")
    except (OSError, ValueError):
        yield Problem(where, f"there is no file {quoted(name)} to read", f"it is sought below {folder}/")
