"""Report as JSON and back: the standing order as it was read, with the words it used, for the file it led to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path

from generator.model.report import Report

PRIVATE = ("schedule", "approval")


def report_to_json(report: Report) -> bytes:
    """Return a report as JSON: what shapes the brief, and not when it is due or who approves it.

    Paths are told by their name alone, so that no folder of this machine is in the file.
    """
    told = replace(report, path=Path(report.path.name), kpis=report.kpis and Path(report.kpis.name))
    plain = {each.name: getattr(told, each.name) for each in fields(told) if each.name not in PRIVATE}
    return json.dumps(plain, ensure_ascii=False, indent=1, default=_plain).encode()


def report_from_json(data: bytes) -> Report:
    """Return the report that was written.

    Raises:
        ValueError: the bytes are not a report.
    """
    from pydantic import TypeAdapter

    return TypeAdapter(Report).validate_json(data)


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, Mapping):
        return dict(value)
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
