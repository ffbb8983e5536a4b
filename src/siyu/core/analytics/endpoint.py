"""Where a running engine is reached: `endpoint.json` in its home, readable by its owner only."""

import os
from pathlib import Path

import msgspec

FILE_NAME = "endpoint.json"


class Endpoint(msgspec.Struct, frozen=True):
    """Address and access key of a running engine; the key is new with every start.

    Because it is, a request repeated by a client can only ever reach the same engine
    process it was first sent to, never a successor that does not know its outcome.
    """

    url: str
    user: str
    key: str
    pid: int


def write(home: Path, endpoint: Endpoint) -> None:
    """Publish the endpoint in one step, so that a reader never sees half of it."""
    target = home / FILE_NAME
    draft = home / f".{FILE_NAME}.{os.getpid()}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(endpoint))
    draft.replace(target)


def read(home: Path) -> Endpoint | None:
    """Return the published endpoint; nothing when no engine has announced itself."""
    try:
        return msgspec.json.decode((home / FILE_NAME).read_bytes(), type=Endpoint)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def stamp(home: Path) -> int:
    """Return a number that changes when an endpoint is published anew; 0 when there is none."""
    try:
        return (home / FILE_NAME).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def remove(home: Path) -> None:
    """Withdraw the endpoint of an engine that stops."""
    (home / FILE_NAME).unlink(missing_ok=True)
