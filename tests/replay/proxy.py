"""The proxy: CONNECT, TLS under a throw-away authority, and HTTP/1.1 inside; every request is written down."""

from __future__ import annotations

import contextlib
import json
import ssl
import time
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from tempfile import TemporaryDirectory
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import trustme

from replay.faults import PAGE, Fault, Faults, spoiled
from replay.recordings import Recordings
from replay.yahoo import HOSTS, HTML, Answer, Yahoo

SEC = ("data.sec.gov", "www.sec.gov")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it arrived: when (monotonic seconds), what for, and what it was answered."""

    at: float
    host: str
    path: str
    status: int


class Replay:
    """A running replay of one day's recordings; use it in a `with`, with `environment` set for the clients."""

    def __init__(self, day: str) -> None:
        self.recordings = Recordings(day)
        self.yahoo = Yahoo(self.recordings)
        self.faults = Faults()
        self.asked: list[Asked] = []
        self._put: dict[tuple[str, str], bytes] = {}
        self.ended = Event()
        self._lock = Lock()
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._folder = TemporaryDirectory()
        self._server = _Server(("127.0.0.1", 0), _Tunnel)
        self._server.replay = self
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._authority.cert_pem.write_to_path(str(self.certificates))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._folder.cleanup()

    @cached_property
    def certificates(self) -> Path:
        """The file with the authority's certificate."""
        return Path(self._folder.name) / "authority.pem"

    @cached_property
    def environment(self) -> dict[str, str]:
        """The variables that send curl_cffi, requests and httpx through the replay."""
        proxy, file = f"http://127.0.0.1:{self._server.server_address[1]}", str(self.certificates)
        names = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
        files = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
        return dict.fromkeys(names, proxy) | dict.fromkeys(files, file) | {"NO_PROXY": "", "no_proxy": ""}

    def inject(self, *faults: Fault) -> None:
        """Put faults in force instead of those before, and forget what was asked."""
        self.faults.set(*faults)
        self.asked.clear()
        self._put.clear()

    def put(self, host: str, path: str, body: object) -> None:
        """Answer an address with a body of a test's own, until faults are next put in force."""
        self._put[host, path] = json.dumps(body).encode()

    def note(self, host: str, path: str, status: int) -> None:
        """Write a request down."""
        with self._lock:
            self.asked.append(Asked(at=time.monotonic(), host=host, path=path, status=status))

    def context(self, host: str) -> ssl.SSLContext:
        """Return the server's side of TLS for a host, under a certificate made for it."""
        with self._lock:
            if host not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.set_alpn_protocols(["http/1.1"])
                self._authority.issue_cert(host).configure_cert(context)
                self._contexts[host] = context
            return self._contexts[host]

    def answer(self, host: str, target: str, cookies: str, agent: str, body: bytes = b"") -> Answer:
        """Return the recorded answer to a request."""
        own = self._put.get((host, urlsplit(target).path))
        if own is not None:
            return Answer(status=200, body=own)
        if host in SEC:
            return self._filed(host, urlsplit(target).path, agent)
        if host not in HOSTS:
            return Answer(status=502, body=PAGE, type=HTML)
        return self.yahoo.answer(host, target, cookies, body)

    def _filed(self, host: str, path: str, agent: str) -> Answer:
        """Return a body of the SEC, which wants to know who asks."""
        if "@" not in agent:
            return Answer(status=403, body=PAGE, type=HTML)
        found = self.recordings.at(host, path)
        if found is None:
            return Answer(status=404, body=self.recordings.named("CIK-000000001").body, type="application/xml")
        return Answer(status=found.status, body=found.body, type=found.type)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    replay: Replay

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away: the tests ask what it made of it."""


class _Tunnel(BaseHTTPRequestHandler):
    """One connection: the CONNECT in the clear, then the requests inside."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    host = ""
    server: _Server

    def do_CONNECT(self) -> None:
        """Open the tunnel, unless a fault refuses it, and put TLS inside."""
        replay, self.host = self.server.replay, self.path.partition(":")[0]
        self.close_connection = True
        if replay.faults.due(self.host, "", connecting=True):
            replay.note(self.host, "CONNECT", 0)
            return
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        with contextlib.suppress(OSError):
            self.connection = replay.context(self.host).wrap_socket(self.connection, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb")
            self.close_connection = False

    def do_GET(self) -> None:
        """Answer from the recordings, through the fault that is due."""
        replay, path = self.server.replay, urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = replay.faults.due(self.host, path)
        cookies, agent = self.headers.get("Cookie", ""), self.headers.get("User-Agent", "")
        answer = replay.answer(self.host, self.path, cookies, agent, body)
        if fault is not None and fault.kind == "status":
            answer = _failing(replay.recordings, fault)
        elif fault is not None and answer.status == 200:
            answer = Answer(
                status=200, body=spoiled(fault, answer.body), type=HTML if fault.kind == "html" else answer.type
            )
        replay.note(self.host, path, answer.status)
        if fault is not None and fault.kind == "slow":
            replay.ended.wait(fault.seconds)
        with contextlib.suppress(OSError):
            self._send(answer, cut=fault is not None and fault.kind == "cut")

    def do_POST(self) -> None:
        """Answer as to a GET."""
        self.do_GET()

    def _send(self, answer: Answer, *, cut: bool) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if cut else answer.body)
        self.wfile.flush()
        self.close_connection = self.close_connection or cut

    def finish(self) -> None:
        """Close what TLS has opened."""
        with contextlib.suppress(OSError, ValueError):
            super().finish()
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name in the standard library
        """Say nothing."""


def _failing(recordings: Recordings, fault: Fault) -> Answer:
    bodies = {429: ("429.txt", "text/plain"), 401: ("401_invalid_crumb", "application/json")}
    wait = {} if fault.wait is None else {"Retry-After": str(fault.wait)}
    if fault.status not in bodies:
        return Answer(status=fault.status, body=PAGE, type=HTML, headers=wait)
    name, kind = bodies[fault.status]
    return Answer(status=fault.status, body=recordings.named(name).body, type=kind, headers=wait)
