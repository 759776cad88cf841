"""Texts: the files that make cron, systemd, Windows, GitHub-style runners, Airflow or Prefect start `brief run`."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["cron", "systemd", "windows", "github", "airflow", "prefect"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# A run that finds another at work has nothing to do, which is no failure.
BUSY = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is started: the program, the project, and the time zone whose clock counts.

    Every hour is right: a run that finds nothing due ends at once, and what was missed is caught up.
    """

    brief: str
    project: Path
    zone: str = "America/New_York"

    @property
    def words(self) -> tuple[str, ...]:
        """The command, word by word."""
        return (self.brief, "run", "--project", str(self.project))

    @property
    def line(self) -> str:
        """The command as a shell reads it."""
        return shlex.join(self.words)


def texts_for(kind: Kind, job: Job) -> dict[str, str]:
    """Return the files of a scheduler by their names."""
    return TEXTS[kind](job)


def _cron(job: Job) -> dict[str, str]:
    # A percent sign ends a cron command.
    line = job.line.replace("%", "\\%")
    head = f"# Briefs that are due; every hour, by the clock of {job.zone}.\nCRON_TZ={job.zone}\n"
    return {"crontab": f"{head}17 * * * * {line}\n"}


def _systemd(job: Job) -> dict[str, str]:
    service = f"""\
[Unit]
Description=Investment briefs that are due
Documentation=man:systemd.timer(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={_unit_words(job)}
WorkingDirectory={_unit_word(str(job.project), quoted=False)}
# Another run is at work: nothing to do.
SuccessExitStatus={BUSY}
TimeoutStartSec=6h
# Passwords are handed over as files that only this service can read; see systemd-creds(1):
# LoadCredential=smtp-password:/etc/brief/smtp-password
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
LockPersonality=yes
ReadWritePaths={_unit_word(str(job.project / "output"))}
MemoryMax=80%
TasksMax=200
"""
    timer = f"""\
[Unit]
Description=Every hour: investment briefs that are due

[Timer]
OnCalendar=*-*-* *:17:00 {job.zone}
# What was missed while the machine was off is done when it is on again.
Persistent=true
RandomizedDelaySec=2m
Unit=brief.service

[Install]
WantedBy=timers.target
"""
    return {"brief.service": service, "brief.timer": timer}


def _unit_words(job: Job) -> str:
    return " ".join(_unit_word(word) for word in job.words)


def _unit_word(word: str, *, quoted: bool = True) -> str:
    """Return a word as a unit file reads it: percent and dollar signs are its own."""
    plain = word.replace("\\", "\\\\").replace("%", "%%")
    if not quoted:
        return plain
    plain = plain.replace('"', '\\"').replace("$", "$$")
    return f'"{plain}"' if any(each in plain for each in " \t'\";") else plain


def _windows(job: Job) -> dict[str, str]:
    # Imported here, since it brings HTTP and mail with it, which no other command needs to start.
    from xml.sax.saxutils import escape

    words = job.words[1:]
    arguments = " ".join(f'"{word}"' if " " in word else word for word in words)
    task = f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Investment briefs that are due</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2025-01-01T00:17:00</StartBoundary>
      <Repetition>
        <Interval>PT1H</Interval>
        <Duration>P1D</Duration>
      </Repetition>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT6H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(job.brief)}</Command>
      <Arguments>{escape(arguments)}</Arguments>
      <WorkingDirectory>{escape(str(job.project))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
    return {"brief.xml": task}


def _github(job: Job) -> dict[str, str]:
    del job  # the runner checks the project out wherever it likes
    return {
        "briefs.yml": f"""\
name: Briefs that are due
"on":
  schedule:
    - cron: "17 * * * *"
  workflow_dispatch: {{}}
# Two runs at once are one run.
concurrency:
  group: brief-run
  cancel-in-progress: false
permissions:
  contents: read
jobs:
  run:
    runs-on: ubuntu-latest
    timeout-minutes: 350
    env:
      # The machine is thrown away after each run: the store is a server, its objects a bucket (reports/settings.toml).
      PGPASSWORD: ${{{{ secrets.PGPASSWORD }}}}
    steps:
      - uses: actions/checkout@v4
      - run: make brief
      - run: .venv/bin/python -m pip install 'psycopg[binary]>=3.3' 's3fs>=2026.1'
      - run: .venv/bin/brief run || test $? -eq {BUSY}
"""
    }


def _airflow(job: Job) -> dict[str, str]:
    return {
        "brief_dag.py": f'''\
"""Airflow: start `brief run` every hour; its retries are safe, since a run does nothing twice."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    "briefs", schedule="17 * * * *", start_date=datetime(2025, 1, 1), catchup=False, max_active_runs=1
) as dag:
    BashOperator(
        task_id="run",
        bash_command={job.line + f" || test $? -eq {BUSY}"!r},
        retries=3,
        retry_delay=timedelta(minutes=10),
    )
'''
    }


def _prefect(job: Job) -> dict[str, str]:
    return {
        "brief_flow.py": f'''\
"""Prefect: start `brief run` every hour; its retries are safe, since a run does nothing twice."""

import subprocess

from prefect import flow


@flow(retries=3, retry_delay_seconds=600)
def briefs() -> None:
    code = subprocess.run({list(job.words)!r}, check=False).returncode
    if code not in (0, {BUSY}):
        raise RuntimeError(f"brief run ended with {{code}}")


if __name__ == "__main__":
    briefs.serve(name="briefs", cron="17 * * * *")
'''
    }


TEXTS: Mapping[Kind, Callable[[Job], dict[str, str]]] = {
    "cron": _cron,
    "systemd": _systemd,
    "windows": _windows,
    "github": _github,
    "airflow": _airflow,
    "prefect": _prefect,
}
