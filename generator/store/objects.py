"""Objects: large things kept once, compressed, under the hash of their content; added or removed, never changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

import zstandard

from generator.errors import StoreError

SUFFIX = ".zst"
LEVEL = 6
LARGEST = 1 << 30
"""Bytes an object may have when it is unpacked: what is damaged or hostile does not fill the memory."""


class Objects(Protocol):
    """Where objects are kept. A key is the SHA-256 of the content in hexadecimal."""

    def put(self, data: bytes) -> str:
        """Keep some bytes and return their key; the same bytes are kept once.

        Raises:
            StoreError: they cannot be written.
        """
        ...

    def read(self, key: str) -> bytes:
        """Return the bytes of a key.

        Raises:
            StoreError: they are not there, or are not what was put.
        """
        ...

    def remove(self, key: str) -> None:
        """Remove an object, if it is there."""
        ...

    def keys(self) -> Iterator[str]:
        """Give the keys of all objects."""
        ...


def objects_at(place: str) -> Objects:
    """Return the objects of a folder, or of an address that fsspec knows, such as s3://bucket/folder.

    Raises:
        StoreError: the address is of a kind that nothing installed can open.
    """
    if "://" not in place:
        return FolderObjects(Path(place))
    from fsspec.core import url_to_fs

    try:
        system, root = url_to_fs(place)
    except (ImportError, ValueError) as error:
        raise StoreError(place, f"cannot be opened ({error})", "use a folder or s3://bucket/folder") from None
    return RemoteObjects(system, str(root), place=place)


def key_of(data: bytes) -> str:
    """Return the key under which some bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def packed(data: bytes) -> bytes:
    """Return the bytes compressed, with a sum that shows damage."""
    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True, write_content_size=True).compress(data)


def unpacked(data: bytes, key: str, where: str) -> bytes:
    """Return the bytes that were packed.

    Raises:
        StoreError: they are not those of the key.
    """
    with suppress(zstandard.ZstdError, MemoryError):
        plain = zstandard.ZstdDecompressor().decompress(data, max_output_size=LARGEST)
        if key_of(plain) == key:
            return plain
    raise StoreError(where, "is damaged: its content is not that of its name", "restore it from a back-up")


class FolderObjects:
    """Objects as files: `ab/cdef....zst`; written beside their place, flushed to the disk, and then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep some bytes and return their key; a damaged file of that key is replaced."""
        key = key_of(data)
        path = self._path(key)
        if path.is_file():
            with suppress(StoreError):
                if self.read(key) == data:
                    return key
        try:
            self._write(path, packed(data))
        except OSError as error:
            raise StoreError(
                str(path), f"cannot be written ({error.strerror})", "make room, or mend the rights"
            ) from None
        return key

    def read(self, key: str) -> bytes:
        """Return the bytes of a key."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise StoreError(str(path), "is missing from the store", "restore it from a back-up") from None
        except OSError as error:
            raise StoreError(str(path), f"cannot be read ({error.strerror})", "mend the rights") from None
        return unpacked(data, key, str(path))

    def remove(self, key: str) -> None:
        """Remove an object, if it is there."""
        self._path(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        """Give the keys of all objects."""
        for path in sorted(self._folder.glob(f"[0-9a-f][0-9a-f]/*{SUFFIX}")):
            yield path.parent.name + path.name.removesuffix(SUFFIX)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}{SUFFIX}"

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
            beside = Path(part.name)
            try:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
                beside.replace(path)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
        _flush(path.parent)


def _flush(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class RemoteObjects:
    """Objects behind an fsspec file system, such as S3: an upload is whole or not there."""

    def __init__(self, system: Any, root: str, *, place: str) -> None:  # noqa: ANN401 -- fsspec publishes no types
        self._system = system
        self._root = root.rstrip("/")
        self._place = place.rstrip("/")

    def put(self, data: bytes) -> str:
        """Keep some bytes and return their key; what is there is not sent again."""
        key = key_of(data)
        try:
            if not self._system.exists(self._path(key)):
                self._system.pipe_file(self._path(key), packed(data))
        except OSError as error:
            raise StoreError(
                self._shown(key), f"cannot be written ({error})", "see that the address can be used"
            ) from None
        return key

    def read(self, key: str) -> bytes:
        """Return the bytes of a key."""
        try:
            data = self._system.cat_file(self._path(key))
        except FileNotFoundError:
            raise StoreError(self._shown(key), "is missing from the store", "restore it from a back-up") from None
        except OSError as error:
            raise StoreError(
                self._shown(key), f"cannot be read ({error})", "see that the address can be used"
            ) from None
        return unpacked(data, key, self._shown(key))

    def remove(self, key: str) -> None:
        """Remove an object, if it is there."""
        with suppress(FileNotFoundError):
            self._system.rm_file(self._path(key))

    def keys(self) -> Iterator[str]:
        """Give the keys of all objects."""
        for path in sorted(self._system.glob(f"{self._root}/*/*{SUFFIX}")):
            folder, name = str(path).rsplit("/", 2)[1:]
            yield folder + name.removesuffix(SUFFIX)

    def _path(self, key: str) -> str:
        return f"{self._root}/{key[:2]}/{key[2:]}{SUFFIX}"

    def _shown(self, key: str) -> str:
        return f"{self._place}/{key[:2]}/{key[2:]}{SUFFIX}"
