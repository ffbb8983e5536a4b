"""Identifiers in the shapes of the real thing (facts, "ID shapes")."""

import base64
import secrets
import string
from random import Random

_ALNUM = string.ascii_letters + string.digits
_URL_SAFE = _ALNUM + "-_"


def random_text(length: int, rng: Random | None = None, alphabet: str = _ALNUM) -> str:
    """Return ``length`` characters, by ``rng`` where the seed shall decide."""
    if len(alphabet) < len(_ALNUM):
        return "".join((rng or secrets.SystemRandom()).choices(alphabet, k=length))
    content = secrets.token_bytes(length) if rng is None else rng.randbytes(length)
    text = base64.urlsafe_b64encode(content).decode()[:length]
    return text if alphabet == _URL_SAFE else text.replace("-", "x").replace("_", "y")


def corpid(rng: Random) -> str:
    """``ww`` and 16 hex digits."""
    return "ww" + random_text(16, rng, "0123456789abcdef")


def appid(rng: Random) -> str:
    """``wx`` and 16 hex digits."""
    return "wx" + random_text(16, rng, "0123456789abcdef")


def secret(rng: Random, length: int = 43) -> str:
    """Return an app secret (43 characters) or the official account's (32)."""
    return random_text(length, rng, _URL_SAFE if length == 43 else "0123456789abcdef")  # noqa: PLR2004


def external_userid(rng: Random | None = None) -> str:
    """``wm`` and 30 characters, ending in ``AAAA``; scoped to the corporation."""
    return "wmSiYuGC" + "AAAA" + random_text(16, rng, _URL_SAFE) + "AAAA"


def service_external_userid(external_userid: str) -> str:
    """Return a customer's id of the provider: ``wo`` and 30 characters."""
    return "woSiYuGC" + random_text(20, seeded(f"service:{external_userid}"), _URL_SAFE) + "AAAA"


def tmp_openid(external_userid: str) -> str:
    """Return the passing id of someone served."""
    return "o" + random_text(27, seeded(f"served:{external_userid}"), _URL_SAFE)


def staff_openid(userid: str) -> str:
    """Return the WeChat id of a staff member."""
    return "o" + random_text(27, seeded(f"staff:{userid}"), _URL_SAFE)


def pending_id() -> str:
    """Id of who is not a customer yet: ``p`` and 31 characters."""
    return "p" + random_text(31, alphabet=_URL_SAFE)


def unionid(rng: Random | None = None) -> str:
    """Return the person's id below one Open Platform account: 28 characters."""
    return "oSy6_5" + random_text(22, rng, _URL_SAFE)


def openid(rng: Random | None = None) -> str:
    """Return the person's id in one account: 28 characters."""
    return "o" + random_text(27, rng, _URL_SAFE)


def tag_id(rng: Random | None = None) -> str:
    """Id of a corp tag or group: ``et`` and 30 characters."""
    return "etSiYuGC" + random_text(20, rng, _URL_SAFE) + "AAAA"


def open_kfid() -> str:
    """Id of an account of customer service: ``wk`` and 30 characters."""
    return "wkSiYuGC" + random_text(20, alphabet=_URL_SAFE) + "AAAA"


def chat_id() -> str:
    """Id of a customer group: ``wr`` and 30 characters."""
    return "wrSiYuGC" + random_text(20, alphabet=_URL_SAFE) + "AAAA"


def opengid() -> str:
    """Return a group's id in a mini program: 28 characters."""
    return "tG" + random_text(26, alphabet=_URL_SAFE)


def template_id() -> str:
    """Id of a group's welcome: ``msg`` and 29 characters."""
    return "msgSiYuGC" + random_text(23, alphabet=_URL_SAFE)


def mass_message_id() -> str:
    """Id of a mass message: ``msg`` and 29 characters."""
    return "msgSiYuGC" + random_text(19, alphabet=_URL_SAFE) + "AAAA"


def moment_id() -> str:
    """Id of a Moment: ``mom`` and 29 characters."""
    return "momSiYuGC" + random_text(19, alphabet=_URL_SAFE) + "AAAA"


def job_id() -> str:
    """Id of a job that is asked for later: 43 characters."""
    return random_text(43, alphabet=_URL_SAFE)


def link_id() -> str:
    """Id of an acquisition link: ``ca`` and 16 hex digits."""
    return "ca" + secrets.token_hex(8)


def config_id() -> str:
    """Id of a contact way: 32 hex digits."""
    return secrets.token_hex(16)


def access_token() -> str:
    """Return a token of 214 characters; clients must reserve 512 bytes (91039)."""
    return random_text(214, alphabet=_URL_SAFE)


def ticket() -> str:
    """Return a JS-SDK ticket of 86 characters."""
    return random_text(86, alphabet=_URL_SAFE)


def oauth_code() -> str:
    """Return an OAuth code of 43 characters."""
    return random_text(43, alphabet=_URL_SAFE)


def media_id() -> str:
    """Return a media id of 65 characters."""
    return "3" + random_text(64, alphabet=_URL_SAFE)


def cursor_text(position: int) -> str:
    """Return an opaque page cursor."""
    return f"C{position:x}Z{random_text(24)}"


def cursor_position(cursor: str) -> int | None:
    """Read a cursor made by `cursor_text`; 0 for none, None when it is not ours."""
    if not cursor:
        return 0
    head, middle, _ = cursor.partition("Z")
    if not middle or not head.startswith("C"):
        return None
    try:
        return int(head[1:], 16)
    except ValueError:
        return None


def seeded(text: str) -> Random:
    """Return chance that is the same for the same text."""
    return Random(text)  # noqa: S311  stable ids of a simulation
