"""`brief preview`: a brief in the browser that follows every file it is made of."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import clock
from generator.cli.boundary import Failure, guarded, told
from generator.cli.options import HERE, AsOf, ProjectDir
from generator.cli.orders import ordered
from generator.cli.project import Project, project_at

if TYPE_CHECKING:
    from generator.model.brief import Brief
    from generator.model.ledger import Ledger
    from generator.model.report import Report
    from generator.preview import Shown

PORT = 8765
Page = tuple[bytes, str]


@told
def preview(
    ticker: Annotated[str, typer.Argument(help="A ticker, or the path of a report file.")],
    *,
    as_of: AsOf = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="The port; 0 takes a free one.")] = PORT,
    project: ProjectDir = HERE,
) -> None:
    """Show a brief in the browser, and show it again whenever a template, a report file or a text is saved.

    Only this machine can see it. What the checks found stands beside it, and what went wrong, with its file and line.
    """
    from generator.preview import serve

    home, today = project_at(project), clock.today()
    desk = Desk(name=ticker, home=home, until=as_of or today, today=today)
    watched = (*home.templates, home.reports, home.seeds)
    serve(desk.follow, watched=watched, port=port, told=lambda url: typer.echo(f"{url}  (Ctrl+C ends it)"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A brief as far as it has been made."""

    report: Report
    ledger: Ledger
    brief: Brief


class Desk:
    """Makes a brief again as its files change, and no more of it than the change touches."""

    def __init__(self, *, name: str, home: Project, until: date, today: date) -> None:
        self._name, self._home, self._until, self._today = name, home, until, today
        self._draft: Draft | None = None
        self._shown: Shown | None = None

    def follow(self, changes: frozenset[Path]) -> Iterator[Shown]:
        """Give what the browser shows: a new look at once, then the whole brief again, its charts drawn anew."""
        looks = bool(changes) and all(self._is_look(path) for path in changes)
        if looks and self._draft is not None:
            yield self._tried(partial(self._dressed, self._draft))
        yield self._tried(partial(self._composed, self._draft if looks else None))

    def _is_look(self, path: Path) -> bool:
        return any(path.is_relative_to(folder.resolve()) for folder in self._home.templates)

    def _tried(self, make: Callable[[], Draft]) -> Shown:
        """Return what is shown of a draft; if it fails, the last pages with what went wrong."""
        from generator.preview import Shown

        made = guarded(lambda: self._pages(make()))
        if isinstance(made, Failure):
            return replace(self._shown or Shown(title=self._name.upper()), error=made.sentence)
        self._shown = made
        return made

    def _dressed(self, draft: Draft) -> Draft:
        """Return the draft with its brand read again, its charts as they were."""
        from generator.definitions import read_brand

        brand = read_brand(self._home.templates, draft.report.template)
        named = replace(brand, name=draft.report.brand or brand.name)
        return replace(draft, brief=replace(draft.brief, brand=named))

    def _composed(self, draft: Draft | None) -> Draft:
        """Return the draft made again from its facts, or from its files where there is none."""
        from generator.pipeline import compose_brief, gather, measure_brief

        if draft is None:
            report, sources = ordered(self._name, self._home, until=self._until, today=self._today, live=False)
            ledger = measure_brief(report, gather(report, sources=sources.all, until=self._until))
        else:
            report, ledger = draft.report, draft.ledger
        brief = compose_brief(report, ledger, templates=self._home.templates)
        self._draft = Draft(report=report, ledger=ledger, brief=brief)
        return self._draft

    def _pages(self, draft: Draft) -> Shown:
        from generator.page import fill_page
        from generator.page.pen import Pen
        from generator.preview import Shown

        brief, pen = draft.brief, Pen(draft.brief)
        html = fill_page(brief, folders=self._home.templates).encode()
        findings = [
            {"level": each.level, "check": each.check, "advice": each.advice, "message": pen.plain(each.message)}
            for each in brief.findings
        ]
        return Shown(
            title=f"{brief.company.short_name} ({brief.company.ticker}), {brief.as_of.isoformat()}",
            pages={"brief.html": (html, "text/html")},
            later={"brief.pdf": partial(self._printed, draft), "letter.html": partial(self._letter, draft)},
            findings=tuple(findings),
        )

    def _printed(self, draft: Draft) -> Page:
        from generator.pipeline import print_brief

        made = guarded(lambda: print_brief(draft.brief, draft.ledger, templates=self._home.templates).pdf)
        return _told(made) if isinstance(made, Failure) else (made, "application/pdf")

    def _letter(self, draft: Draft) -> Page:
        """Return the letter with its pictures inside, as a mail program would show it."""
        from generator.pipeline import write_letter

        made = guarded(lambda: write_letter(draft.brief, templates=self._home.templates))
        if isinstance(made, Failure):
            return _told(made)
        html = made.html
        for picture in made.pictures:
            data = base64.b64encode(picture.png).decode()
            html = html.replace(f"cid:{picture.cid}", f"data:image/png;base64,{data}")
        return html.encode(), "text/html"


def _told(failure: Failure) -> Page:
    return failure.sentence.encode(), "text/plain"
