"""The container files: what they copy is there, what they run is a command, and nothing listens outside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from generator.cli import app

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture
def services() -> dict[str, Any]:
    """Return the services of the compose file."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    return found


def test_the_image_copies_what_is_there_and_installs_what_the_makefile_does() -> None:
    """And runs as nobody in particular."""
    copied = [word for line in re.findall(r"^COPY (.*)$", DOCKERFILE, re.MULTILINE) for word in line.split()[:-1]]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    libraries = re.findall(r"lib[\w.-]+0\b", DOCKERFILE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert libraries
    assert [name for name in libraries if name not in makefile] == []
    assert re.search(r"^USER brief$", DOCKERFILE, re.MULTILINE)


def test_the_containers_run_commands_that_exist(services: dict[str, Any]) -> None:
    """In the health checks too."""
    (health,) = re.findall(r'CMD \["brief", "(\w+)", "--health"\]', DOCKERFILE)
    assert services["brief"]["healthcheck"]["test"] == ["CMD", "brief", health, "--health"]
    started = re.findall(r"brief (\w+) \|\|", services["brief"]["entrypoint"][-1])
    assert {health, *started} == {"due", "run"} <= COMMANDS


def test_no_port_is_open_to_others_and_no_password_is_written_down(services: dict[str, Any]) -> None:
    """The caught mail is shown on this machine alone."""
    ports = [port for each in services.values() for port in each.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    secrets = [
        value for each in services.values() for key, value in each.get("environment", {}).items() if "PASS" in key
    ]
    assert secrets
    assert all(value.startswith("${POSTGRES_PASSWORD:?") for value in secrets)
