"""The group of all commands: listed from a table, each imported when it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from generator.cli.commands import SECTIONS

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter
    from typer._click.shell_completion import CompletionItem

ENTRIES = {name: entry for section in SECTIONS.values() for name, entry in section.items()}


class Loading(Mapping[str, "Command"]):
    """All commands by their names; one that is looked up is imported."""

    def __getitem__(self, name: str) -> Command:
        """Return a command, ready to be called."""
        module, _, attribute = ENTRIES[name].home.partition(":")
        found = getattr(import_module(f"generator.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            return get_group(found)
        alone = typer.Typer(rich_markup_mode=None, add_completion=False)
        alone.command(name=name)(found)
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(ENTRIES)

    def __len__(self) -> int:
        """Count the commands."""
        return len(ENTRIES)


class Listing(TyperGroup):
    """A group whose help shows what each of its commands does in full, where Typer's own cuts it after a line."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write each command with the first paragraph of its help."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, (command.help or "").partition("\n\n")[0]) for name, command in found if command]
            )


class Group(TyperGroup):
    """`brief`: its help and what a shell completes come from the table, so that neither imports a command."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 -- Typer's own, handed on
        super().__init__(**attributes)
        self.commands = cast("MutableMapping[str, Command]", Loading())

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 -- Typer's signature
        """Return the names, in the order of the table."""
        return list(ENTRIES)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 -- Typer's signature
        """Write what there is to call, section by section."""
        widest = max(map(len, ENTRIES))
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), entry.line) for name, entry in section.items()])

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, each with its line, and the options."""
        from typer._click.shell_completion import CompletionItem

        begun = [
            CompletionItem(name, help=entry.line) for name, entry in ENTRIES.items() if name.startswith(incomplete)
        ]
        return [*begun, *super(TyperGroup, self).shell_complete(ctx, incomplete)]
