"""What WeasyPrint may read, and how it may fail: files below the template folders, and not even a warning."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from generator.errors import LayoutError, TemplateError
from generator.pictures import cleaned

BASE = "https://templates.invalid/"
PICTURE = "image/png"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css",
        ".ttf": "font/ttf",
        ".otf": "font/otf",
        ".woff2": "font/woff2",
        ".png": PICTURE,
        ".jpg": PICTURE,
        ".jpeg": PICTURE,
    }
)


class RefusedError(FatalURLFetchingError):
    """Stops WeasyPrint, which swallows any other error of a fetcher."""


class Shelf(URLFetcher):
    """Serves the files below the folders by their place in them, the first folder first; refuses all else."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allow_redirects=False, fail_on_errors=True)
        self._roots = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        """Return a template file's bytes.

        Raises: RefusedError, for the network, for other files and for files that are not there.
        """
        path = self.path(url)
        if path is None:
            raise RefusedError(f"{url[:200]} may not be read; a page takes its files from the template folders only")
        kind = KINDS.get(path.suffix.lower())
        if kind is None:
            raise RefusedError(
                f"{url[:200]} may not be read; a page takes in stylesheets, fonts, and PNG or JPEG pictures"
            )
        data = path.read_bytes()
        if kind == PICTURE:
            data = _drawn_anew(data, url.removeprefix(BASE))
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    def path(self, url: str) -> Path | None:
        """Return the file that a URL like "house/theme.css" stands for, or None."""
        if not url.startswith(BASE):
            return None
        name = unquote(urlsplit(url).path).lstrip("/")
        for root in self._roots:
            path = (root / name).resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
        return None


def _drawn_anew(data: bytes, name: str) -> bytes:
    try:
        return cleaned(data, f"templates/{name[:200]}").data
    except TemplateError as error:
        raise RefusedError(str(error)) from error


class _Ear(logging.Handler):
    """Collects what this thread's WeasyPrint says at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = get_ident()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.heard.append(record.getMessage())


@contextmanager
def strict(doing: str) -> Iterator[None]:
    """Turn every warning of WeasyPrint, and every refused address, into one LayoutError that lists them."""
    logger = logging.getLogger("weasyprint")
    ear = _Ear()
    logger.addHandler(ear)
    try:
        yield
    except FatalURLFetchingError as error:
        raise LayoutError(f"{doing}: {error}") from error
    finally:
        logger.removeHandler(ear)
    if ear.heard:
        raise LayoutError(f"{doing}: {'; '.join(dict.fromkeys(ear.heard))}")


@contextmanager
def deaf() -> Iterator[None]:
    """Let WeasyPrint talk without being heard, for a trial that is thrown away; a refused address still stops it."""
    logger = logging.getLogger("weasyprint")
    mute = _Mute()
    logger.addFilter(mute)
    try:
        yield
    except FatalURLFetchingError as error:
        raise LayoutError(f"laying out page one: {error}") from error
    finally:
        logger.removeFilter(mute)


class _Mute(logging.Filter):
    """Drops the records of one thread."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = get_ident()

    def filter(self, record: logging.LogRecord) -> bool:
        return record.thread != self._thread
