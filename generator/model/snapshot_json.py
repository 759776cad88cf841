"""Snapshot as JSON and back, without loss: what is stored, what rides in the PDF, what a digest is made of."""

from __future__ import annotations

import json
import types
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Union, cast, get_args, get_origin, get_type_hints

from generator.model.snapshot import Snapshot

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PLAIN = frozenset((str, float, int, bool, types.NoneType))
DAY = "day"
"""The key that tells a date from a text where a field may hold either."""


def to_json(snapshot: Snapshot) -> bytes:
    """Return the canonical JSON of a snapshot: equal snapshots give equal bytes.

    Fields that hold their default are left out, so that a field added later does not change what is known of old ones.
    """
    text = json.dumps(_plain(snapshot), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def from_json(data: bytes) -> Snapshot:
    """Return the snapshot that was written.

    Raises:
        ValueError: the bytes are not a snapshot.
    """
    try:
        snapshot: Snapshot = _fields(json.loads(data), Snapshot)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a snapshot: {error}") from error
    return snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field of a noun: its default, and whether a date in it must be told from a text."""

    name: str
    default: Any
    dated: bool


@cache
def _parts(kind: Hashable) -> tuple[Part, ...]:
    hints = _hints(kind)
    nouns = cast("type[DataclassInstance]", kind)
    return tuple(
        Part(name=each.name, default=_default(each), dated=str in get_args(hints[each.name])) for each in fields(nouns)
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any field of any noun
    """Return a value as JSON has it; a table is a list of pairs, because its order counts."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if is_dataclass(kind):
        return _noun(value, _parts(kind))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return [[key, _plain(each)] for key, each in value.items()]
    if isinstance(value, tuple | list):
        return _several(value)
    return value.value if isinstance(value, Enum) else value


def _several(values: Sequence[Any]) -> list[Any]:
    """Return values in a row; the days and closes of a history are by far the most of what is written."""
    kinds = set(map(type, values))
    if kinds == {date}:
        return list(map(_iso, values))
    return list(values) if kinds <= PLAIN else [_plain(each) for each in values]


def _noun(value: Any, parts: tuple[Part, ...]) -> dict[str, Any]:  # noqa: ANN401
    told = {}
    for part in parts:
        held = getattr(value, part.name)
        if held != part.default:
            told[part.name] = {DAY: held.isoformat()} if part.dated and isinstance(held, date) else _plain(held)
    return told


def _default(field: Field[Any]) -> Any:  # noqa: ANN401
    return field.default_factory() if field.default_factory is not MISSING else field.default


_iso = lru_cache(maxsize=8192)(date.isoformat)


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _built(data: Any, kind: Any) -> Any:  # noqa: ANN401 -- the type is only known at run time
    """Return the value of a type that was written as `data`."""
    if data is None:
        return None
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(data, inner)
    if origin is tuple:
        return tuple(_built(each, inner[0]) for each in data)
    if origin is Mapping:
        return {key: _built(each, inner[1]) for key, each in data}
    if is_dataclass(kind):
        return _fields(data, kind)
    return _plain_built(data, kind)


def _fields(data: Mapping[str, Any], kind: Any) -> Any:  # noqa: ANN401
    hints = _hints(kind)
    return kind(**{key: _built(each, hints[key]) for key, each in data.items()})


def _plain_built(data: Any, kind: Any) -> Any:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return date.fromisoformat(data) if kind is date else data


def _one_of(data: Any, kinds: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return a value that may be of several types, the way it was written."""
    if isinstance(data, dict) and set(data) == {DAY}:
        return date.fromisoformat(data[DAY])
    others = [kind for kind in kinds if kind is not types.NoneType]
    return _built(data, others[0]) if len(others) == 1 else data
