"""Beyond the form: keys that must agree with each other, and files and checks that must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from generator.definitions.form import SECTIONS, Worded
from generator.definitions.sentences import near, quoted
from generator.errors import Problem


def beyond_form(data: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """Give what is wrong with a report file although each of its keys may be well formed.

    It looks at the raw file, so that these problems are told together with those of form.
    """
    yield from _own_company(data, path)
    yield from _checks(data.get("checks"), path)
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

    for name in checks:
        if name not in CHECKS:
            yield Problem(f"{path}: checks.{name}", "the key is not known", near(name, list(CHECKS)))


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
