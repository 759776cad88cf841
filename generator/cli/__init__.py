"""The door: commands, clock, progress and exit codes. Here alone sources are known by name."""

from __future__ import annotations

from generator.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line."""
    app(prog_name="brief")
