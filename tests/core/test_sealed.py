"""Files with personal data lie encrypted, whole or not at all."""

from collections.abc import AsyncIterator

import pytest

from siyu.core.errors import NotFound
from siyu.core.files import Files
from siyu.core.sealed import SealedFiles
from siyu.core.vault import DecryptionFailed


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@pytest.fixture
def sealed(tmp_path, master):
    vault = master.open(7, master.new_data_key(7))
    return SealedFiles(Files(f"file://{tmp_path}"), vault, 7)


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 256 * 1024 + 1, 1_000_000])
async def test_what_is_stored_comes_back(sealed, size):
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    name = await sealed.write(pieces(content[:100], content[100:]))
    assert b"".join(sealed.read(name)) == content
    assert b"".join([piece async for piece in sealed.stream(name)]) == content
    await sealed.delete(name)
    await sealed.delete(name)
    with pytest.raises(NotFound):
        next(sealed.read(name))


async def test_nothing_can_be_read_or_cut_off_on_disk(sealed, tmp_path):
    name = await sealed.write(pieces(b"13812345678" * 60_000))
    path = tmp_path / "7" / "sealed" / name
    stored = path.read_bytes()
    assert b"13812345678" not in stored
    path.write_bytes(stored[:-32])
    with pytest.raises(DecryptionFailed):
        list(sealed.read(name))


async def test_a_source_that_fails_leaves_nothing(sealed, tmp_path):
    async def broken() -> AsyncIterator[bytes]:
        yield b"a" * 600_000
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await sealed.write(broken())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
