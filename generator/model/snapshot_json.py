"""Snapshot as JSON and back, without loss: what is stored, what rides in the PDF, what a digest is made of."""

from __future__ import annotations

import json
import types
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from generator.model.snapshot import Snapshot

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


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any field of any noun
    """Return a value as JSON has it; a table is a list of pairs, because its order counts."""
    if is_dataclass(value):
        return {each.name: _field(value, each) for each in fields(value) if getattr(value, each.name) != _default(each)}
    if isinstance(value, Mapping):
        return [[key, _plain(each)] for key, each in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _field(owner: Any, field: Field[Any]) -> Any:  # noqa: ANN401
    value = getattr(owner, field.name)
    kinds = get_args(_hints(owner.__class__)[field.name])
    return {DAY: value.isoformat()} if isinstance(value, date) and str in kinds else _plain(value)


def _default(field: Field[Any]) -> Any:  # noqa: ANN401
    return field.default_factory() if field.default_factory is not MISSING else field.default


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
