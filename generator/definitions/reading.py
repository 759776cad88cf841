"""Reading: one report file, all of a folder, or the one of a ticker."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.definitions.beyond import VOCABULARY, beyond_form, place_of, vocabulary_of, words_of
from generator.definitions.form import TICKER_PATTERN, ReportFile
from generator.definitions.sentences import ADVICE, problems_of, quoted
from generator.errors import InputError, Problem, UnknownNameError
from generator.model.finding import Override
from generator.model.report import Report

TICKER = re.compile(TICKER_PATTERN)
KPIS = ("kpis.toml", "kpis.csv")
NOT_REPORTS = ("settings.toml", "recipients.toml", VOCABULARY)
POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def kpi_file(reports: Path, ticker: str) -> Path | None:
    """Return the file of a desk's own figures in its usual place, or None where there is none."""
    files = (reports / ticker.lower() / name for name in KPIS)
    return next((file for file in files if file.is_file()), None)


def read_report(path: Path) -> Report:
    """Return the report of one file.

    Raises:
        InputError: the file has problems, all of them told.
    """
    data = read_toml(path)
    problems = list(beyond_form(data, path))
    try:
        form = ReportFile.model_validate(data)
    except ValidationError as error:
        raise InputError([*problems_of(error, str(path)), *problems]) from None
    if problems:
        raise InputError(problems)
    return _report(form, path)


def read_reports(folder: Path) -> tuple[Report, ...]:
    """Return the reports of all files of a folder, by file name.

    Raises:
        InputError: files have problems; all problems of all files are told.
    """
    reports, problems = read_reports_leniently(folder)
    if problems:
        raise InputError(problems)
    return reports


def read_reports_leniently(folder: Path) -> tuple[tuple[Report, ...], list[Problem]]:
    """Return the reports that can be read, and the problems of all files.

    Raises:
        InputError: there is no such folder.
    """
    reports: list[Report] = []
    problems: list[Problem] = []
    for path in _files(folder):
        try:
            report = read_report(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        twin = next((each for each in reports if each.ticker == report.ticker), None)
        if twin is not None:
            problems.append(_twins(path, twin.path, report.ticker))
        reports.append(report)
    return tuple(reports), problems


def report_for(ticker: str, folder: Path) -> Report:
    """Return the report of a ticker, or of a report file named by its path.

    Problems of other files do not matter here.

    Raises:
        InputError: the name is no ticker, no file has it, two files have it, or its file has problems.
    """
    if ticker.endswith(".toml"):
        return read_report(Path(ticker))
    name = ticker_of(ticker)
    owners = {path: _ticker_in(path) for path in _files(folder)}
    found = [path for path, owner in owners.items() if owner == name]
    if not found:
        raise UnknownNameError(str(folder), "ticker", name, sorted(filter(TICKER.fullmatch, set(owners.values()))))
    if len(found) > 1:
        raise InputError([_twins(found[1], found[0], name)])
    return read_report(found[0])


def ticker_of(text: str) -> str:
    """Return a ticker in capital letters.

    Raises:
        InputError: it is no ticker; so "../../x" never becomes a path.
    """
    if TICKER.fullmatch(text.upper()):
        return text.upper()
    raise InputError.at("ticker", f"{quoted(text)} is not a ticker", ADVICE["ticker"])


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        advice = "run brief in the project's folder, or name that folder with --project"
        raise InputError.at(str(folder), "there is no such folder", advice)
    return report_files(folder)


def report_files(folder: Path) -> list[Path]:
    """Return the report files of a folder by name; the project's settings and recipients are none."""
    return sorted(path for path in folder.glob("*.toml") if path.name not in NOT_REPORTS)


def _ticker_in(path: Path) -> str:
    """Return the ticker of a file that may have problems; by its name when it cannot be read."""
    try:
        ticker = read_toml(path).get("ticker")
    except InputError:
        ticker = None
    return ticker if isinstance(ticker, str) else path.stem.upper()


def _twins(path: Path, other: Path, ticker: str) -> Problem:
    return Problem(f"{path}: ticker", f'"{ticker}" is also that of {other}', "keep one file a ticker")


def read_toml(path: Path) -> dict[str, Any]:
    """Return the keys of a TOML file.

    Raises:
        InputError: it cannot be read; the sentence names line and column.
    """
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([_malformed(str(error), path, text)]) from None
    except RecursionError:
        raise InputError.at(str(path), "its lists are nested too deeply") from None


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError.at(f"{path}: line {line}", "the text is not UTF-8", "save the file as UTF-8") from None
    except OSError as error:
        raise InputError.at(str(path), f"the file cannot be read ({error.strerror})") from None


def _malformed(message: str, path: Path, text: str) -> Problem:
    found, what = POSITION.search(message), POSITION.sub("", message)
    lines = text.rstrip("\n").split("\n")
    line, column = (found[1], found[2]) if found and found[1] else (len(lines), len(lines[-1]) + 1)
    where = f"{path}: line {line}, column {column}"
    return Problem(where, f"not TOML: {what[:1].lower()}{what[1:]}", 'write each line as key = "value"')


def _report(form: ReportFile, path: Path) -> Report:
    options = form.sections.model_dump(exclude={"order"}, exclude_none=True)
    disclosures = form.disclosures.model_dump(exclude_none=True)
    plain = ("ticker", "name", "short_name", "native_name", "native_lang", "peers", "benchmark", "fiscal_year_end")
    rest = ("ads_ratio", "template", "brand", "language", "paper", "author", "writing")
    return Report(
        path=path,
        sections=form.sections.order if "order" in form.sections.model_fields_set else (),
        options={key: table for key, table in options.items() if table},
        checks=dict(form.checks),
        overrides=tuple(Override(**each.model_dump()) for each in form.overrides),
        vocabulary=vocabulary_of(path.parent),
        kpis=path.parent / form.kpis if form.kpis else kpi_file(path.parent, form.ticker),
        words={str(key): words_of(text, path.parent) for key, text in form.words.items()},
        words_from={str(key): place_of(text, str(key), path) for key, text in form.words.items()},
        disclosures={key: str(value) for key, value in disclosures.items()},
        schedule=form.schedule.schedule(),
        approval=form.approval.approval(),
        **{key: getattr(form, key) for key in (*plain, *rest)},
    )
