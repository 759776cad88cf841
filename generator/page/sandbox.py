"""The fence around templates: which files they can read, which names they can reach, and how they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

import jinja2
from jinja2 import nodes, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator import errors
from generator.page.limits import joined
from generator.page.plainness import Bounded, is_day_format, is_known, join, may_call, replace, shown

BANNED_FILTERS = (
    "attr", "batch", "center", "filesizeformat", "format", "indent", "pprint", "random", "safe", "slice", "tojson",
    "urlize", "wordwrap", "xmlattr",
)  # fmt: skip
BANNED_GLOBALS = ("lipsum", "cycler", "joiner", "range", "dict", "namespace")
FAULTS = (
    jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError,
    MemoryError,
)  # fmt: skip
LONGEST_TEMPLATE = 400_000
HOUSE = "house"
PLAIN = (".txt", ".md")


class Folders(jinja2.BaseLoader):
    """The template folders of a brief: those of its own template first, then those of the house.

    `roots` are folders like `templates/`; a template is looked for in `<root>/<template>` of each, then in
    `<root>/house` of each. "house/brief.html" names a folder itself. Nothing outside the roots is ever found.

    `plain` texts are not escaped: only they find files named *.txt and *.md, and they find no others.
    """

    def __init__(self, roots: Sequence[Path], template: str, *, plain: bool = False) -> None:
        self.plain = plain
        self._roots = tuple(root.resolve() for root in roots)
        self._prefixes = dict.fromkeys((f"{template}/", f"{HOUSE}/", ""))

    def get_source(self, _environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its path and whether it is still up to date."""
        if template.endswith(PLAIN) is not self.plain:
            raise jinja2.TemplateNotFound(template)
        place = self.place(template)
        path = self._path(place)
        changed = path.stat().st_mtime_ns
        if path.stat().st_size > LONGEST_TEMPLATE:
            raise jinja2.TemplateRuntimeError(f"{template} is longer than {LONGEST_TEMPLATE:,} characters")

        def is_current() -> bool:
            # A file of the same name may have come into a folder that is searched before.
            return self.optional(template) == place and path.stat().st_mtime_ns == changed

        return path.read_text("utf-8"), str(path), is_current

    def read(self, place: str) -> str:
        """Return the text of a file by its place below the roots."""
        return self._path(place).read_text("utf-8")

    def picture(self, name: str) -> bytes:
        """Return the bytes of a picture, as they stand in its file."""
        return self._path(self.place(name)).read_bytes()

    def data(self, place: str) -> bytes:
        """Return the bytes of a file by its place below the roots, or by its name."""
        return self._path(self.place(place)).read_bytes()

    def file(self, place: str) -> Path:
        """Return the path of a file by its place below the roots."""
        return self._path(place)

    def optional(self, name: str) -> str:
        """Return where a file stands, "" if no folder has it."""
        try:
            return self.place(name)
        except jinja2.TemplateNotFound:
            return ""

    def _path(self, place: str) -> Path:
        return next(path for root in self._roots if (path := root / place).is_file())

    def place(self, name: str) -> str:
        """Return where a file stands below the roots: "theme.css" stands in "house/theme.css".

        Raises:
            TemplateNotFound: no folder has it.
        """
        for prefix in self._prefixes:
            for root in self._roots:
                path = (root / prefix / name).resolve()
                if path.is_file() and path.is_relative_to(root) and len(path.relative_to(root).parts) > 1:
                    return path.relative_to(root).as_posix()
        raise jinja2.TemplateNotFound(name)


class Fence(ImmutableSandboxedEnvironment):
    """A sandbox for templates that see plain frozen values: no clock, no huge results, no way around escaping."""

    code_generator_class = Bounded
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        super().__init__(
            loader=folders,
            autoescape=not folders.plain,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=shown,
        )
        for name in BANNED_FILTERS:
            self.filters.pop(name, None)
        for name in BANNED_GLOBALS:
            self.globals.pop(name, None)
        self.filters |= {"join": pass_eval_context(join), "replace": pass_eval_context(replace)}

    def tied(self, parts: Sequence[object]) -> str:
        """Return the operands of `~` as one text, escaped where pages are."""
        if self.autoescape:
            return Markup(joined(escape(part) for part in parts))
        return joined(str(part) for part in parts)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return a template's tree; one that switches escaping off is refused."""
        tree = super()._parse(source, name, filename)
        switch = tree.find(nodes.ScopedEvalContextModifier)
        if switch is not None:
            raise jinja2.TemplateSyntaxError("escaping cannot be switched off", switch.lineno, name, filename)
        return tree

    def concat(self, parts: Iterable[str]) -> str:
        """Return texts as one, within the limits of a page."""
        return joined(parts)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read this: only what is plain, or the program's own frozen values."""
        return is_known(obj) and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call this: never a class, and of plain values only the methods listed above."""
        owner = getattr(obj, "__self__", None)
        if isinstance(obj, type) or isinstance(owner, type) or not super().is_safe_callable(obj):
            return False
        return owner is None or may_call(owner, getattr(obj, "__name__", ""))

    def wrap_str_format(self, value: object) -> None:
        """Refuse the formatting of texts: a width in it is a text of any length."""
        if super().wrap_str_format(value) is not None:
            raise SecurityError("texts are not formatted here; join them by ~")

    def call(self, context: jinja2.runtime.Context, obj: object, /, *args: object, **kwargs: object) -> object:
        """Return the result of a call; the format of a date may hold nothing but the parts of a date."""
        if isinstance(getattr(obj, "__self__", None), date) and not all(map(is_day_format, args)):
            raise SecurityError("a date is written with %d, %B, %Y and their like")
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: object, right: object) -> object:
        """Return the result of an operator on two numbers; repeating texts and powers are refused."""
        if operator == "**" or not isinstance(left, int | float) or not isinstance(right, int | float):
            raise SecurityError(
                f"{operator!r} works on two numbers only (and powers not at all); texts are joined by ~"
            )
        return super().call_binop(context, operator, left, right)


def template_error(error: Exception, *, place: str = "", whole: str = "") -> errors.TemplateError:
    """Return the error in the house's words: file, line, what, and what to do.

    `place` names a template that has no file (the analyst's words), `whole` the one that was being filled, for an
    error that no line of it made.
    """
    name, line = _where(error)
    where = f"{place or _shown(name)}, line {line}" if line else place or whole or _shown(name)
    return errors.TemplateError(f"{where}: {_what(error)}; {_advice(error)}")


def _where(error: Exception) -> tuple[str, int]:
    """Return the template's file and line an error comes from, "" and 0 when it has none."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename or error.name or "", error.lineno
    found = ("", 0)
    step: TracebackType | None = error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if name == "<template>" or not name.endswith(".py"):
            found = (name, step.tb_lineno)
        step = step.tb_next
    return found


def _shown(name: str) -> str:
    """Return a template's path from the folder above its own, as a user knows it: "templates/acme/brief.html"."""
    parts = Path(name).parts
    last = len(parts) - 1 - parts[::-1].index("templates") if "templates" in parts else max(len(parts) - 3, 0)
    return "/".join(parts[last:]) or "a template"


def _what(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name!r} below the template folders"
    if isinstance(error, jinja2.TemplateError):
        return (error.message or "the template failed").rstrip(".")
    return f"{type(error).__name__}: {error}"


def _advice(error: Exception) -> str:
    match error:
        case jinja2.TemplateNotFound():
            return "add the file, or name one of templates/house"
        case SecurityError():
            return "a template may read values and call `fig`, nothing else"
        case UnknownFactError():
            return error.advice
        case jinja2.UndefinedError():
            return "templates/README.md lists what a template sees"
        case jinja2.TemplateSyntaxError():
            return "mend the tag on that line"
        case _:
            return "mend the expression on that line"


class UnknownFactError(jinja2.TemplateRuntimeError):
    """`fig` was asked for an id that no fact of the brief has."""

    def __init__(self, name: str, advice: str, *, until: date) -> None:
        super().__init__(f"fig({name!r}): no fact known on {until} has that id")
        self.advice = advice
