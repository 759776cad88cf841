from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from post import dispatch, parcel
from post.desk import NOON
from pydantic import SecretStr

from generator.delivery.digest import digest_of
from generator.delivery.folder import Folder
from generator.delivery.planning import file_name
from generator.delivery.webhook import Webhook

SECRET = "whsec_" + base64.b64encode(b"canary").decode()


@dataclass
class Listener:
    """A program that is told of briefs; `answers` are its next answers."""

    answers: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.heard.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(listener.answers.pop(0) if listener.answers else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    listener.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield listener
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_is_told_in_signed_json_with_the_file(listener: Listener) -> None:
    content = parcel()
    to = dispatch(content, f"http://127.0.0.1:{listener.port}/briefs", channel="webhook")
    hook = Webhook(now=lambda: NOON, secret=SecretStr(SECRET))
    assert hook.deliver(content, to).state == "accepted"
    assert hook.deliver(content, to).state == "accepted"
    (head, body), (again, _) = listener.heard
    signed = b".".join((head["webhook-id"].encode(), head["webhook-timestamp"].encode(), body))
    seal = base64.b64encode(hmac.new(b"canary", signed, hashlib.sha256).digest()).decode()
    assert head["webhook-signature"] == f"v1,{seal}"
    assert head["webhook-id"] == again["webhook-id"], "so that the second is known as the first"
    (file,) = json.loads(body)["files"]
    assert hashlib.sha256(base64.b64decode(file["base64"])).hexdigest() == file["sha256"] == content.files[0].sha256
    assert "canary" not in repr(hook)


@pytest.mark.parametrize(("answer", "state"), [(503, "later"), (429, "later"), (410, "refused"), (302, "refused")])
def test_a_webhook_that_says_no_is_tried_again_where_that_may_help(listener: Listener, answer: int, state: str) -> None:
    listener.answers = [answer]
    content = parcel()
    to = dispatch(content, f"http://127.0.0.1:{listener.port}/", channel="webhook")
    receipt = Webhook(now=lambda: NOON, secret=SecretStr(SECRET)).deliver(content, to)
    assert (receipt.state, receipt.code) == (state, answer)


def test_a_webhook_nobody_listens_to_waits() -> None:
    content = parcel()
    to = dispatch(content, "http://127.0.0.1:1/", channel="webhook")
    assert Webhook(now=lambda: NOON, secret=SecretStr(SECRET)).deliver(content, to).state == "later"
    assert "BRIEF_WEBHOOK_SECRET" in Webhook(now=lambda: NOON).deliver(content, to).reply


@pytest.mark.parametrize("base", ["shared", "memory://bucket/briefs"])
def test_a_folder_holds_the_file_whole_here_or_elsewhere(tmp_path: Path, base: str) -> None:
    """The second is an address of fsspec, as s3:// is."""
    import fsspec

    content = parcel()
    to = dispatch(content, base, channel="folder")
    for _ in range(2):
        assert Folder(root=tmp_path).deliver(content, to).state == "accepted"
    place = base if "://" in base else str(tmp_path / base)
    system, root = fsspec.core.url_to_fs(place)
    (found,) = system.find(root)
    assert found.endswith("2025-W40/baba.pdf")
    assert system.cat_file(found) == content.files[0].data


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    content = parcel()
    receipt = Folder(root=tmp_path).deliver(content, dispatch(content, "taken", channel="folder"))
    assert receipt.state == "later"
    assert "taken: cannot be written" in receipt.reply


@pytest.mark.parametrize("ticker", ["CON.DE", "../../x", "M&M.NS", "^GSPC", "EURUSD=X", "a/b", "PRN", "NUL", "\r\n"])
def test_no_ticker_makes_a_name_that_a_system_refuses(ticker: str) -> None:
    name = file_name(ticker, "2025-W40")
    assert name.startswith("brief-")
    assert name.endswith("-2025-w40.pdf")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")


def test_a_digest_names_every_brief_and_holds_every_file() -> None:
    parcels = [parcel("BABA"), parcel("MSFT", title="Microsoft <b>up</b>")]
    digest = digest_of(parcels, "2025-W40")
    assert digest.letter.subject == "2 briefs, 2025-W40: BABA, MSFT"
    assert [file.name for file in digest.files] == ["baba.pdf", "msft.pdf"]
    assert "Microsoft &lt;b&gt;up&lt;/b&gt;" in digest.letter.html
    assert max(map(len, digest.letter.text.splitlines())) <= 76
    assert digest_of(parcels, "2025-W40").key == digest.key != digest_of(parcels[:1], "2025-W40").key
