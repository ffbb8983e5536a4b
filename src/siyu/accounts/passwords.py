"""Passwords: argon2id, and rules that stop the worst choices."""

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from siyu.core.errors import Invalid

SHORTEST: Final = 10
LONGEST: Final = 128

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the hash of an acceptable password; raises `Invalid` for another."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid.field(
            "password", "password_length", f"密码长度需为 {SHORTEST} 到 {LONGEST} 个字符"
        )
    if len(set(password)) < SHORTEST // 2:
        raise Invalid.field("password", "password_simple", "密码过于简单，请使用更多不同的字符")
    return _hasher.hash(password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def verify_password(stored: str | None, password: str) -> bool:
    """Tell whether the password is right; takes as long when there is none to compare."""
    try:
        _hasher.verify(stored or _nobodys(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None
