"""The private keys of an archive, by version: an old message opens with the key of its time."""

import base64
import binascii
from collections.abc import Mapping
from typing import Final, NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from siyu.channels.wecom.archive.adapter import SealedMessage
from siyu.channels.wecom.archive.errors import KEY, NO_KEY, RANDOM_KEY, ArchiveError

_BITS: Final = 2048  # what WeCom's admin console takes
_PLACE: Final = "archive keys"


class KeyPair(NamedTuple):
    """Both halves in PEM; the public one goes into the admin console, which gives it a version."""

    private: bytes
    public: bytes


def new_key_pair() -> KeyPair:
    """Make a key pair. Takes a moment of processor time: not for an event loop under load."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    return KeyPair(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
    )


class ArchiveKeys:
    """The keys that were ever in use. Keep the old ones, or the messages of their time stay shut.

    Raises an `ArchiveError` (10004) for what is no RSA private key in PEM.
    """

    def __init__(self, pems: Mapping[int, bytes]) -> None:
        self._keys = {version: _private_key(pem) for version, pem in pems.items()}

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions there are, the oldest first."""
        return tuple(sorted(self._keys))

    def open(self, message: SealedMessage) -> str:
        """Return the key of a message; 10007 without the private key, 10008 with a wrong one."""
        key = self._keys.get(message.publickey_ver)
        if key is None:
            raise ArchiveError(NO_KEY, _PLACE, f"version {message.publickey_ver}")
        try:
            sealed = base64.b64decode(message.encrypt_random_key, validate=True)
            return key.decrypt(sealed, padding.PKCS1v15()).decode("ascii")
        except (binascii.Error, ValueError) as error:
            raise ArchiveError(RANDOM_KEY, _PLACE, message.msgid) from error

    def __repr__(self) -> str:
        return f"ArchiveKeys(versions={self.versions})"


def _private_key(pem: bytes) -> rsa.RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ArchiveError(KEY, _PLACE) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ArchiveError(KEY, _PLACE, "not RSA")
    return key
