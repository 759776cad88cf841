"""The live sources of a project, each with what the store remembers of it. They are named here and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator.cli import clock

if TYPE_CHECKING:
    from generator.cli.project import Project
    from generator.definitions import Settings
    from generator.model.answer import Record
    from generator.model.pacing import Shared
    from generator.sources.desk import Collect
    from generator.sources.fetched import Fetched
    from generator.sources.splits import Splits

PUBLISHERS = {"edgar": "SEC EDGAR", "yahoo": "Yahoo Finance"}
LICENCES = {
    "edgar": "public domain",
    "yahoo": "Yahoo terms of use apply; not for redistribution",
}


def fetched(project: Project, *, live: bool, today: date, splits: Splits | None = None) -> dict[str, Fetched]:
    """Return the live sources by name; nothing where they are not asked and nothing was ever stored.

    `splits` are those that the files of the project tell of.

    Why a source of its own reads the store: an answer that was kept keeps its name and its place in the order.
    """
    if not live and not project.has_store:
        return {}
    from generator.sources.fetched import Fetched, Tape
    from generator.store.archive import StoredAnswers
    from generator.store.paces import StoredPace

    settings = project.settings
    store = project.store()
    archive = StoredAnswers(store=store, now=clock.now, licences=LICENCES)
    sources: dict[str, Fetched] = {}
    wanted = {*settings.sources.order, *(name for order in settings.sources.kinds.values() for name in order)}
    for name, publisher in PUBLISHERS.items():
        if name not in wanted:
            continue
        tape = Tape()
        # A file serves the processes of one machine; a server those of all that use it.
        shared = StoredPace(store=store, provider=name) if store.on_server else None
        ask = _asking(name, project, settings, today, tape.record, splits=splits, shared=shared) if live else None
        sources[name] = Fetched(
            name=name,
            publisher=publisher,
            archive=archive,
            oldest=timedelta(days=settings.store.oldest_days),
            ask=ask,
            tape=tape,
        )
    return sources


def _asking(
    name: str,
    project: Project,
    settings: Settings,
    today: date,
    record: Record,
    *,
    splits: Splits | None,
    shared: Shared | None,
) -> Collect | None:
    """Return a source that asks its provider; None for the SEC where nobody says who asks."""
    folder = project.output / "store"
    if name == "yahoo":
        from generator.sources.yahoo import YahooSource

        return YahooSource(folder, today=today, record=record, shared=shared)
    if not settings.edgar.contact:
        return None
    from generator.sources.edgar import EdgarSource

    return EdgarSource(folder, contact=settings.edgar.contact, splits=splits, record=record, shared=shared)
