"""Plainness: what a template may read, call and write: plain values, the program's own, texts of bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MappingView
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join, do_replace

from generator.page.limits import LARGEST, check_length

# The methods a template may call, by what they belong to; those of the program's own values are pure.
METHODS: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        str: frozenset((
            "capitalize", "count", "endswith", "find", "isalpha", "isdecimal", "isdigit", "isupper", "lower", "lstrip",
            "partition", "removeprefix", "removesuffix", "rpartition", "rsplit", "rstrip", "split", "splitlines",
            "startswith", "strip", "title", "upper",
        )),
        Mapping: frozenset(("get", "items", "keys", "values")),
        tuple: frozenset(("count", "index")),
        list: frozenset(("count", "index")),
        date: frozenset(("isoformat", "strftime", "weekday", "isocalendar")),
    }
)  # fmt: skip
OWN = ("generator.", "jinja2.")
PLAIN_TYPES = (str, int, float, bool, Decimal, date, type(None), tuple, list, Mapping, range, MappingView)
DAY_FORMAT = re.compile(r"(?:[^%]|%[aAbBdejmuVyYGHMpZ%]){0,60}")


def is_known(obj: object) -> bool:
    """Whether a template may read the parts of this."""
    return isinstance(obj, PLAIN_TYPES) or type(obj).__module__.startswith(OWN)


def may_call(owner: object, name: str) -> bool:
    """Whether a template may call the method of this name of this value."""
    if type(owner).__module__.startswith(OWN):
        return True
    return any(isinstance(owner, kind) and name in names for kind, names in METHODS.items())


def is_day_format(words: object) -> bool:
    """Whether this says how to write a date, and nothing else."""
    return DAY_FORMAT.fullmatch(str(words)) is not None


def shown(value: object) -> object:
    """Return a value as it is printed; one that is no text, number or day is refused: it would be program text."""
    if isinstance(value, str | int | float | Decimal | date | jinja2.Undefined):
        return value
    raise SecurityError(f"a {type(value).__name__} cannot be printed; write one of its parts, or put a filter after it")


class Bounded(CodeGenerator):
    """Writes templates whose `~` keeps within the limits of a page."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 -- the name is given by Jinja
        """Write two or more texts joined."""
        self.write("environment.tied((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def join(context: nodes.EvalContext, values: Iterable[object], d: str = "", attribute: str | int | None = None) -> str:
    """Return values as one text, within the limits of a page."""
    held = list(values)
    sizes = sum(len(each) for each in held if isinstance(each, str)) + len(held) * len(d)
    if sizes > LARGEST:
        raise SecurityError(f"the text would be longer than {LARGEST:,} characters")
    return str(do_join(context, held, d, attribute))


def replace(context: nodes.EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """Return a text with other words in it, within the limits of a page."""
    check_length(text, old, new)
    return do_replace(context, text, old, new, count)
