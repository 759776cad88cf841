"""Cluster: real schedulers and workers on loopback; what dies in the middle changes nothing in the result."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
import trustme
from small_work import Deed

from generator.batch import Begun, Cluster, Ended, Keys, Limits, Lost
from generator.errors import InputError, NoDataError

HERE = Path(__file__).parent
TEMPLATES = (HERE.parents[1] / "templates",)
LOOPBACK = ("127.0.0.1", "::1")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class Site:
    """A scheduler and its workers, each a process group of its own."""

    port: int = field(default_factory=free_port)
    scheme: str = "tcp"
    tls: tuple[str, ...] = ()
    groups: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def scheduler(self) -> subprocess.Popen[bytes]:
        """Start the scheduler as the guide says."""
        words = ("--protocol", self.scheme, "--port", str(self.port), "--no-show")
        return self._started("scheduler", *words)

    def worker(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a worker as the guide says, unless other words are given."""
        return self._started("worker", self.address, "--nthreads", "1", *(words or ("--no-nanny",)))

    def _started(self, role: str, *words: str) -> subprocess.Popen[bytes]:
        common = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--no-dashboard")
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])]),
            "DASK_TEMPORARY_DIRECTORY": os.environ["DASK_TEMPORARY_DIRECTORY"],
        }
        command = [sys.executable, "-m", "distributed.cli.dask_" + role, *words, *common, *self.tls]
        group = subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.groups.append(group)
        return group

    def end(self) -> None:
        """End all of it."""
        for group in self.groups:
            kill(group)


def kill(group: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started."""
    if group.poll() is None:
        os.killpg(group.pid, signal.SIGKILL)
    group.wait()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site without anybody, and end whoever has come."""
    monkeypatch.setenv("DASK_TEMPORARY_DIRECTORY", str(tmp_path / "dask"))
    site = Site()
    try:
        yield site
    finally:
        site.end()


def cluster(site: Site, limits: Limits | None = None) -> Cluster:
    """Return the executor of a site."""
    return Cluster(address=site.address, templates=TEMPLATES, limits=limits or Limits(), patience=30)


def names(count: int) -> list[str]:
    """Return pieces of work that take a moment each."""
    return [f"nap-{i:02d}" for i in range(count)]


@pytest.mark.filterwarnings("ignore")
def test_workers_and_the_scheduler_die_and_all_is_done_once(site: Site, tmp_path: Path) -> None:
    """Two workers are killed in the middle, the scheduler is started anew: every name ends, once, with its result."""
    site.scheduler()
    workers = [site.worker(), site.worker()]
    folder = tmp_path / "deeds"
    folder.mkdir()
    found: dict[str, object] = {}
    for event in cluster(site).run(Deed(folder=folder), names(40)):
        if isinstance(event, Begun):
            continue
        assert event.name not in found
        found[event.name] = event.result
        if len(found) == 5:
            kill(workers[0])
            workers.append(site.worker())
        if len(found) == 15:
            kill(site.groups[0])
            kill(workers[1])
            site.scheduler()
            workers.append(site.worker())
    assert sorted(found) == names(40)
    assert all(not isinstance(result, Lost) for result in found.values())
    assert sorted(path.name for path in folder.iterdir()) == names(40)


@pytest.mark.filterwarnings("ignore")
def test_a_runaway_is_ended_on_its_worker_and_nobody_listens_outside(site: Site, tmp_path: Path) -> None:
    """Dask has no time limit of its own; ours ends one brief, and the commands of the guide open no door."""
    site.scheduler()
    site.worker()
    events = cluster(site, Limits(seconds=2, memory=2500)).run(
        Deed(folder=tmp_path), ["spin-1", "hoard-1", "nap-1", "nap-2"]
    )
    found = {event.name: event.result for event in events if isinstance(event, Ended)}
    assert {name: getattr(result, "reason", "done") for name, result in found.items()} == {
        "spin-1": "time", "hoard-1": "memory", "nap-1": "done", "nap-2": "done",
    }  # fmt: skip
    listening = {
        connection.laddr.ip
        for group in site.groups
        for process in (psutil.Process(group.pid), *psutil.Process(group.pid).children(recursive=True))
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening
    assert listening <= set(LOOPBACK)


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_could_not_end_a_brief_is_refused(site: Site, tmp_path: Path) -> None:
    """A nanny's worker is a daemon, which may have no children; the sentence says how to start it."""
    site.scheduler()
    site.worker("--nanny")
    with pytest.raises(InputError, match="cannot end a brief that runs away; start it with --no-nanny"):
        list(cluster(site).run(Deed(folder=tmp_path), ["nap-1"]))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://10.0.0.7:8786", "everybody who reaches that port run programs; use tls://"),
        ("tcp://scheduler:8786", "use tls://"),
        ("tls://scheduler:8786", "the certificates are missing; set BRIEF_CLUSTER_CA"),
        ("http://127.0.0.1:8786", "is not a scheduler's address"),
        ("tcp://127.0.0.1", "is not a scheduler's address"),
    ],
)
def test_an_unsafe_address_is_refused_before_anything_is_sent(address: str, sentence: str) -> None:
    """Whoever reaches a plain port may run programs."""
    with pytest.raises(InputError, match=sentence):
        next(iter(Cluster(address=address, templates=TEMPLATES).run(Deed(folder=HERE), ["nap-1"])))


@contextmanager
def certificates(folder: Path) -> Iterator[Keys]:
    """Give the files of an authority and of one member."""
    authority = trustme.CA()
    member = authority.issue_cert("127.0.0.1", "localhost")
    paths = Keys(authority=str(folder / "ca.pem"), certificate=str(folder / "cert.pem"), key=str(folder / "key.pem"))
    authority.cert_pem.write_to_path(paths.authority)
    member.private_key_pem.write_to_path(paths.key)
    member.cert_chain_pems[0].write_to_path(paths.certificate)
    yield paths


@pytest.mark.filterwarnings("ignore")
def test_an_encrypted_cluster_takes_only_its_own(site: Site, tmp_path: Path) -> None:
    """Who has another authority's certificate gets no answer."""
    (tmp_path / "own").mkdir()
    (tmp_path / "foreign").mkdir()
    with certificates(tmp_path / "own") as own, certificates(tmp_path / "foreign") as foreign:
        site.scheme = "tls"
        site.tls = ("--tls-ca-file", own.authority, "--tls-cert", own.certificate, "--tls-key", own.key)
        site.scheduler()
        site.worker()
        deeds = Deed(folder=tmp_path)
        (_, ended) = Cluster(address=site.address, templates=TEMPLATES, keys=own, patience=30).run(deeds, ["nap-1"])
        assert isinstance(ended, Ended)
        assert not isinstance(ended.result, Lost)
        with pytest.raises(NoDataError, match="no scheduler answers"):
            list(Cluster(address=site.address, templates=TEMPLATES, keys=foreign, patience=0).run(deeds, ["nap-2"]))
