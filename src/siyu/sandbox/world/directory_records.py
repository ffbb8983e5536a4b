"""Tags of the directory; departments and staff accounts stand in `siyu.sandbox.world.records`."""

import msgspec


class DirectoryTag(msgspec.Struct, kw_only=True):
    """A tag that staff accounts and whole departments carry."""

    tagid: int
    name: str
    users: list[str] = []
    parties: list[int] = []
