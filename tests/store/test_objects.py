"""Objects: whole under their final name or not there, checked on every read, also on S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from generator.errors import StoreError
from generator.store import objects_at
from generator.store.objects import key_of


def test_what_was_put_is_read_and_kept_compressed(tmp_path: Path) -> None:
    """Under the hash of its content."""
    objects = objects_at(str(tmp_path))
    data = b"statements " * 1000
    key = objects.put(data)
    assert key == key_of(data)
    assert objects.read(key) == data
    assert list(objects.keys()) == [key]
    assert (tmp_path / key[:2] / f"{key[2:]}.zst").stat().st_size < 200
    objects.remove(key)
    objects.remove(key)
    assert list(objects.keys()) == []


@pytest.mark.parametrize("damage", [b"", b"\x28\xb5\x2f\xfd", b"no zstd at all", None])
def test_damage_is_noticed_and_mended_by_putting_again(tmp_path: Path, damage: bytes | None) -> None:
    """Half a file, another file, a bit that fell over."""
    objects = objects_at(str(tmp_path))
    key = objects.put(b"precious")
    (file,) = tmp_path.glob("*/*.zst")
    whole = file.read_bytes()
    file.write_bytes(damage if damage is not None else whole[:-6] + bytes([whole[-6] ^ 1]) + whole[-5:])
    with pytest.raises(StoreError, match=r"is damaged.*restore it from a back-up"):
        objects.read(key)
    assert objects.put(b"precious") == key
    assert objects.read(key) == b"precious"


def test_what_is_missing_says_so(tmp_path: Path) -> None:
    """With the file it should be."""
    with pytest.raises(StoreError, match=r"aa/a+\.zst: is missing from the store"):
        objects_at(str(tmp_path)).read("a" * 64)


def test_a_full_disk_leaves_no_half_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor a scrap beside it."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="No space left on device"):
        objects_at(str(tmp_path)).put(b"much")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_address_nothing_can_open_is_told() -> None:
    """In one sentence."""
    with pytest.raises(StoreError, match="use a folder or s3://"):
        objects_at("gopher://bucket/objects")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a folder on a server that speaks S3."""
    import fsspec
    import s3fs

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setitem(fsspec.config.conf, "s3", {"endpoint_url": f"http://{host}:{port}", "key": "k", "secret": "s"})
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("desk")
    yield "s3://desk/objects"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_objects_on_s3(bucket: str) -> None:
    """As in a folder."""
    objects = objects_at(bucket)
    key = objects.put(b"from afar")
    assert objects.put(b"from afar") == key
    assert objects_at(bucket).read(key) == b"from afar"
    assert list(objects.keys()) == [key]
    objects.remove(key)
    with pytest.raises(StoreError, match=f"{bucket}/{key[:2]}/.*is missing"):
        objects.read(key)
