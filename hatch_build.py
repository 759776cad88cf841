"""Puts the templates into the package when it is built; an editable install reads them where they are."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TemplatesHook(BuildHookInterface):
    """Ships `templates/` as `generator/templates`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the templates to what is built, unless the install points back at the source tree."""
        if version != "editable":
            build_data["force_include"]["templates"] = "generator/templates"
