"""The texts of a brief for its translators: out of the code and the templates, into the catalogues.

Usage (from the root of the project):
    python tools/texts.py extract             write catalogues/brief.pot anew, and what changed into each .po file
    python tools/texts.py add fr              begin a language: an empty catalogue
    python tools/texts.py missing de          how much is translated, and the texts that are not
    python tools/texts.py brief de BABA       the texts that the brief on BABA of 2 October 2025 lacks in German
    python tools/texts.py check               what is wrong in the catalogues: a place that was lost, a changed style

A text is the first argument of `say`, `phrase`, `translated` or `msgid`, the second of `phrase_in` (after its context),
both of `counted`, all of `msgids`, and the label and formula of the catalogue's rows (`_row`, `_flow`, `_stock`). It
stands there as a string, as strings of which one is chosen (`"a" if x else "b"`), or as a name that is set to one.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "generator" / "language" / "catalogues"
TEMPLATE = CATALOGUES / "brief.pot"
CODE = ("sections", "charts", "checks", "analysis", "model", "page", "language")
TEXTS = ("*.html", "*.txt", "*.md")
FIRST = ("say", "phrase", "translated", "msgid")
ROWS = {"_row": (1, 4), "_flow": (1,), "_stock": (1,), "Metric": ()}
WORDLESS = re.compile(r"[^\W_]")
PLACE = re.compile(r"\{(\w+)(?::\w*)?\}")
DAY = date(2025, 10, 2)


class NotATextError(Exception):
    """A text that cannot be read out of the code."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A text with its plural and context, and where it stands."""

    text: str
    where: str
    plural: str = ""
    context: str = ""


def worded(text: str) -> bool:
    """Tell whether a text has anything to translate: words, or the order of several places."""
    return len(PLACE.findall(text)) > 1 or bool(PLACE.sub("", text))


def in_code(path: Path) -> Iterator[Found]:
    """Give the texts of a module."""
    tree = ast.parse(path.read_text("utf-8"))
    where = path.relative_to(ROOT).as_posix()
    outer = _names(tree.body)
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.Module):
            names = outer | (_names(scope.body) if isinstance(scope, ast.FunctionDef) else {})
            for call in _calls(scope):
                yield from _of_call(call, names, where)


def _calls(scope: ast.FunctionDef | ast.Module) -> Iterator[ast.Call]:
    """Give the calls of a scope, not those of the functions in it."""
    stack: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef):
            stack.extend([*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)])
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node
        stack.extend(ast.iter_child_nodes(node))


def _names(body: Sequence[ast.stmt]) -> dict[str, list[ast.expr]]:
    """Return the names of a scope with what they are set to."""
    found: dict[str, list[ast.expr]] = {}
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                target = node.targets[0]
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=False)
                    for one, value in pairs:
                        if isinstance(one, ast.Name):
                            found.setdefault(one.id, []).append(value)
    return found


def _of_call(call: ast.Call, names: dict[str, list[ast.expr]], where: str) -> Iterator[Found]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    place = f"{where}:{call.lineno}"
    args = call.args
    if name in FIRST and args:
        yield from (Found(text=text, where=place) for text in _texts(args[0], names, place, strict=name == "say"))
    elif name == "phrase_in":
        context = _texts(args[0], names, place)[0]
        yield from (Found(text=text, where=place, context=context) for text in _texts(args[1], names, place))
    elif name == "counted":
        one, many = (_texts(arg, names, place)[0] for arg in args[1:3])
        yield Found(text=one, plural=many, where=place)
    elif name == "msgids":
        yield from (Found(text=text, where=place) for arg in args for text in _texts(arg, names, place))
    elif name in ROWS:
        picked = [args[i] for i in ROWS[name] if i < len(args)]
        picked += [key.value for key in call.keywords if key.arg == "formula"]
        yield from (Found(text=text, where=place) for arg in picked for text in _texts(arg, names, place))


def _texts(node: ast.expr, names: dict[str, list[ast.expr]], where: str, *, strict: bool = False) -> list[str]:
    """Return the texts that an argument may be.

    Raises:
        NotATextError: `say` was given something that is not readable as a text.
    """
    match node:
        case ast.Constant(value=str(text)):
            return [text] if worded(text) else []
        case ast.IfExp(body=body, orelse=other):
            return [*_texts(body, names, where, strict=strict), *_texts(other, names, where, strict=strict)]
        case ast.Name(id=name) if name in names:
            others = {key: values for key, values in names.items() if key != name}
            return [text for value in names[name] for text in _texts(value, others, where, strict=strict)]
        case ast.JoinedStr(values=values) if not any(_worded_constant(value) for value in values):
            return []
        case ast.Call(func=ast.Name(id="msgid"), args=[text, *_]):
            return _texts(text, names, where)
    if strict:
        raise NotATextError(f"{where}: write the text as a string, whole: {ast.unparse(node)}")
    return []


def _worded_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and WORDLESS.search(PLACE.sub("", f"{node.value}}}")) is not None


def in_templates() -> Iterator[Found]:
    """Give the texts of the house's templates."""
    from jinja2.ext import babel_extract

    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    for path in sorted(each for pattern in TEXTS for each in (ROOT / "templates" / "house").rglob(pattern)):
        with path.open("rb") as file:
            for line, _, text, _ in babel_extract(file, ("phrase",), (), options):
                first = text[0] if isinstance(text, tuple) else text
                if isinstance(first, str) and worded(first):
                    yield Found(text=first, where=f"{path.relative_to(ROOT).as_posix()}:{line}")


def found() -> list[Found]:
    """Return all texts, in the order of the files."""
    files = sorted(path for folder in CODE for path in (ROOT / "generator" / folder).rglob("*.py"))
    return [
        *(each for path in files for each in in_code(path)),
        *in_templates(),
        Found(text="{mark}{amount}", where=""),
    ]


def template(texts: Iterable[Found]) -> Catalog:
    """Return the texts as a catalogue without translations."""
    made = datetime(2025, 10, 2, tzinfo=UTC)
    catalogue = Catalog(project="equity-brief", version="", creation_date=made, revision_date=made, fuzzy=False)
    for each in texts:
        file, _, _ = each.where.partition(":")
        locations = [(file, None)] if file else []
        key = (each.text, each.plural) if each.plural else each.text
        comment = _comment(each)
        known = catalogue.get(each.text, each.context or None)
        if known is not None and locations and locations[0] in known.locations:
            locations = []
        catalogue.add(key, locations=locations, context=each.context or None, auto_comments=comment)  # type: ignore[arg-type]
    return catalogue


def _comment(each: Found) -> list[str]:
    if each.text == "{mark}{amount}":
        return ['Where the mark of a currency stands: {mark} is "US$" or "RMB", {amount} "182.78" or "1.0bn".']
    return []


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue, without what changes by the day."""
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, sort_by_file=False, ignore_obsolete=True)


def read(path: Path) -> Catalog:
    """Return a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem if path.suffix == ".po" else None)


def languages() -> list[Path]:
    """Return the catalogues."""
    return sorted(CATALOGUES.glob("*.po"))


def extract() -> None:
    """Write the template, and what changed into each language; a text that is gone is dropped."""
    texts = template(found())
    write(texts, TEMPLATE)
    for path in languages():
        catalogue = read(path)
        catalogue.update(texts, no_fuzzy_matching=True)
        write(catalogue, path)
    print(f"{len(texts)} texts in {TEMPLATE.relative_to(ROOT)}")


def add(tag: str) -> None:
    """Begin a language."""
    path = CATALOGUES / f"{tag.replace('-', '_')}.po"
    catalogue = Catalog(locale=path.stem, project="equity-brief", version="", fuzzy=False)
    catalogue.creation_date = catalogue.revision_date = datetime(2025, 10, 2, tzinfo=UTC)
    catalogue.update(read(TEMPLATE), no_fuzzy_matching=True)
    write(catalogue, path)


def lacking(catalogue: Catalog) -> list[Message]:
    """Return the texts without a translation."""
    return [each for each in catalogue if each.id and (not _translations(each)[0] or each.fuzzy)]


def _translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def faults(catalogue: Catalog) -> Iterator[str]:
    """Give what is wrong in a catalogue: places that are lost or made up."""
    for each in catalogue:
        if not each.id:
            continue
        ids = (each.id,) if isinstance(each.id, str) else tuple(each.id)
        wanted = {match[1] for text in ids for match in PLACE.finditer(text)}
        for text in filter(None, _translations(each)):
            have = {match[1] for match in PLACE.finditer(text)}
            if (have != wanted) if len(ids) == 1 else not wanted - {"count"} <= have <= wanted:
                yield f"{catalogue.locale}: {ids[0]!r}: places {sorted(wanted)}, in the translation {sorted(have)}"


def of_brief(tag: str, ticker: str) -> tuple[str, ...]:
    """Return the texts that the shipped brief on a company asks for and a language lacks, its letter and forms too."""
    from dataclasses import replace

    from generator import pipeline
    from generator.definitions import read_report
    from generator.language import speaking, untranslated
    from generator.page import fill_email, fill_markdown, fill_page
    from generator.sources.kpis import KpiSource
    from generator.sources.seeds import SeedSource

    report = replace(read_report(ROOT / "reports" / f"{ticker.lower()}.toml"), language=tag)
    seeds, templates = SeedSource(ROOT / "seeds"), (ROOT / "templates",)
    sources = (seeds, KpiSource(ROOT / "reports", splits=seeds.splits))
    with speaking(tag):
        snapshots = pipeline.gather(report, sources=sources, until=DAY)
        ledger = pipeline.measure_brief(report, snapshots)
        brief = pipeline.compose_brief(report, ledger, templates=templates)
        fill_page(brief, folders=templates)
        fill_markdown(brief, folders=templates)
        fill_email(brief, folders=templates)
        return untranslated()


def main(command: str, *given: str) -> int:
    """Do what is asked; tell 1 where something is missing or wrong."""
    match command, given:
        case "extract", ():
            extract()
        case "add", (tag,):
            add(tag)
        case "missing", (tag,):
            catalogue = read(CATALOGUES / f"{tag.replace('-', '_')}.po")
            missing = lacking(catalogue)
            print(*(repr(each.id) for each in missing), sep="\n")
            print(f"{len(catalogue) - len(missing)} of {len(catalogue)} texts are translated")
        case "brief", (tag, ticker):
            print(*(repr(each) for each in of_brief(tag, ticker)), sep="\n")
        case "check", ():
            wrong = [fault for path in languages() for fault in faults(read(path))]
            print(*wrong, sep="\n")
            return bool(wrong)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:] or ("help",)))
