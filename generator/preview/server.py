"""Server: pages on this machine alone, made again whenever a file is saved, and told to the browser at once."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.errors import InputError

HOST = "127.0.0.1"
SHELL = Path(__file__).parent / "shell.html"
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
BEAT = 15.0
STEP, SETTLE = 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the browser shows: pages by name, what the checks found, and what went wrong with the newest change.

    `pages` hold what is ready; `later` makes what takes longer, when it is asked for.
    """

    title: str = ""
    pages: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    later: Mapping[str, Callable[[], tuple[bytes, str]]] = field(default_factory=dict)
    findings: tuple[Mapping[str, str], ...] = ()
    error: str = ""


Make = Callable[[frozenset[Path]], Iterator[Shown]]


class Stage:
    """What is shown now, its number, and those who wait for the next."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self.shown = Shown()
        self.number = 0
        self._changed = asyncio.Condition()
        self._busy = asyncio.Lock()
        self._kept: dict[str, tuple[int, tuple[bytes, str]]] = {}

    async def follow(self, changes: frozenset[Path]) -> None:
        """Make what is shown again, and tell of each step; a change that fails leaves the last pages standing."""
        async with self._busy:
            steps = self._make(changes)
            while (step := await asyncio.to_thread(next, steps, None)) is not None:
                self.shown = step
                async with self._changed:
                    self.number += 1
                    self._changed.notify_all()

    async def page(self, name: str) -> tuple[bytes, str] | None:
        """Return a page, made now if it takes longer, once for each change."""
        if name in self.shown.pages:
            return self.shown.pages[name]
        number, make = self.number, self.shown.later.get(name)
        if make is None:
            return None
        if name not in self._kept or self._kept[name][0] != number:
            async with self._busy:
                self._kept[name] = (number, await asyncio.to_thread(make))
        return self._kept[name][1]

    async def numbers(self) -> AsyncIterator[str]:
        """Give the number of what is shown, now and after each change, as events for a browser."""
        told = -1
        while True:
            if told != self.number:
                told = self.number
                yield f"data: {told}\n\n"
            try:
                await asyncio.wait_for(self._other_than(told), BEAT)
            except TimeoutError:
                yield ": still here\n\n"

    async def _other_than(self, told: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: told != self.number)


def application(make: Make, watched: Sequence[Path]) -> Starlette:
    """Return the pages as an application, which follows the watched folders while it runs."""
    stage = Stage(make)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        follower = asyncio.create_task(_follow(stage, watched))
        try:
            yield
        finally:
            follower.cancel()
            with suppress(asyncio.CancelledError):
                await follower

    async def shell(_: Request) -> Response:
        return Response(SHELL.read_bytes(), media_type="text/html", headers=HEADERS)

    async def state(_: Request) -> Response:
        shown = stage.shown
        names = [*shown.pages, *shown.later]
        told = {"number": stage.number, "title": shown.title, "error": shown.error, "pages": names}
        return JSONResponse({**told, "findings": [dict(each) for each in shown.findings]}, headers=HEADERS)

    async def page(request: Request) -> Response:
        found = await stage.page(request.path_params["name"])
        if found is None:
            return Response("There is no such page yet.", status_code=404, media_type="text/plain", headers=HEADERS)
        return Response(found[0], media_type=found[1], headers=HEADERS)

    async def events(_: Request) -> Response:
        return StreamingResponse(stage.numbers(), media_type="text/event-stream", headers=HEADERS)

    routes = [
        Route("/", shell),
        Route("/state", state),
        Route("/events", events),
        Route("/pages/{name}", page),
    ]
    # A page elsewhere that names this address under a host of its own gets no answer.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    return Starlette(routes=routes, middleware=[hosts], lifespan=life)


async def _follow(stage: Stage, watched: Sequence[Path]) -> None:
    """Make the pages, and again after each change; changes that come while they are being made are followed in one."""
    saved: asyncio.Queue[frozenset[Path]] = asyncio.Queue()
    watcher = asyncio.create_task(_watch(saved, watched))
    try:
        await stage.follow(frozenset())
        while True:
            changes = await saved.get()
            while not saved.empty():
                changes |= saved.get_nowait()
            await stage.follow(changes)
    finally:
        watcher.cancel()


async def _watch(saved: asyncio.Queue[frozenset[Path]], watched: Sequence[Path]) -> None:
    from watchfiles import awatch

    async for changes in awatch(*(path for path in watched if path.is_dir()), step=STEP, debounce=SETTLE):
        saved.put_nowait(frozenset(Path(path) for _, path in changes))


def serve(make: Make, *, watched: Sequence[Path], port: int, told: Callable[[str], None]) -> None:
    """Serve the pages to browsers of this machine until it is interrupted; `told` is given their address.

    Raises:
        InputError: the port is taken.
    """
    import uvicorn

    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError as error:
            raise InputError.at("--port", f"{port} cannot be used ({error.strerror})", "choose another") from None
        told(f"http://{HOST}:{door.getsockname()[1]}/")
        config = uvicorn.Config(
            application(make, watched), log_level="warning", timeout_graceful_shutdown=1, server_header=False
        )
        uvicorn.Server(config).run(sockets=[door])
