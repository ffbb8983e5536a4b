"""Files on their way into the world."""

import msgspec


class UploadJob(msgspec.Struct, kw_only=True):
    """A file that is fetched from an address. ``status``: 1 fetching, 2 done, 3 failed."""

    jobid: str
    agentid: int
    created: float
    type: str
    filename: str
    url: str
    md5: str = ""
    status: int = 1
    errcode: int = 0
    errmsg: str = ""
    media_id: str = ""
    finished: int = 0
