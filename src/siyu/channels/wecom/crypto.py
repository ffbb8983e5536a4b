"""Callback cryptography of WeCom (doc 90968), the same for corporations, suites and accounts.

A callback carries ``msg_signature``, ``timestamp`` and ``nonce`` in its query and one encrypted
text. The signature proves the sender, the encryption hides the content, and the receive id inside
the plaintext proves for whom it was meant. SHA-1 and AES-CBC are WeCom's choice, not ours.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import string
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

_ALPHANUMERIC: Final = string.ascii_letters + string.digits
_TOKEN: Final = re.compile(r"[A-Za-z0-9]{1,32}\Z")
_AES_KEY: Final = re.compile(r"[A-Za-z0-9+/]{43}\Z")
_AES_KEY_LENGTH: Final = 43
_TOKEN_LENGTH: Final = 32
_SALT_BYTES: Final = 16
_LENGTH_BYTES: Final = 4
_PADDING: Final = PKCS7(256)  # pads to 32 bytes, not to the 16 of the cipher


class CallbackCryptoError(Exception):
    """A callback that must not be trusted. The message holds no secret and no content."""


class BadCallbackKeys(CallbackCryptoError):
    """The token or EncodingAESKey does not have the shape the admin console accepts."""


class SignatureMismatch(CallbackCryptoError):
    """The sender does not know the token."""


class DecryptionFailed(CallbackCryptoError):
    """The text was not encrypted with our EncodingAESKey, or was cut."""


class ReceiverMismatch(CallbackCryptoError):
    """A genuine message, but meant for another corporation or suite."""


class Sealed(NamedTuple):
    """An encrypted message and the signature that belongs to it."""

    encrypt: str
    signature: str


def generate_token() -> str:
    """Return a fresh callback token: 32 letters and digits, the longest the console takes."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(_TOKEN_LENGTH))


def generate_aes_key() -> str:
    """Return a fresh EncodingAESKey: 43 letters and digits, 256 bits in base64."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(_AES_KEY_LENGTH))


class CallbackCrypto:
    """Seals and opens callbacks for one pair of keys.

    ``receive_id`` is the corp id for a self-built app and the suite id for a suite's instruction
    address; ``None`` accepts any, for the few provider flows that leave it out.
    """

    def __init__(self, token: str, aes_key: str, receive_id: str | None) -> None:
        if not _TOKEN.match(token):
            raise BadCallbackKeys("the token must be 1 to 32 letters and digits")
        if not _AES_KEY.match(aes_key):
            raise BadCallbackKeys("the EncodingAESKey must be 43 letters and digits")
        self._token = token
        self._receive_id = receive_id
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """Return ``msg_signature``: SHA-1 over the four texts in sorted order, joined."""
        joined = "".join(sorted((self._token, timestamp, nonce, encrypted)))
        return hashlib.sha1(joined.encode()).hexdigest()  # noqa: S324  the protocol fixes SHA-1

    def verify(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Raise `SignatureMismatch` unless the sender knows the token; constant in time."""
        expected = self.sign(timestamp, nonce, encrypted)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise SignatureMismatch("msg_signature does not match")

    def decrypt(self, encrypted: str) -> bytes:
        """Return the message inside, or raise `DecryptionFailed` or `ReceiverMismatch`.

        Call `verify` first: decryption alone proves nothing about the sender.
        """
        try:
            ciphertext = base64.b64decode(encrypted, validate=True)
            decryptor = self._cipher.decryptor()
            padded = decryptor.update(ciphertext) + decryptor.finalize()
            unpadder = _PADDING.unpadder()
            plain = unpadder.update(padded) + unpadder.finalize()
        except (ValueError, binascii.Error) as error:
            raise DecryptionFailed("not encrypted with this EncodingAESKey") from error
        start = _SALT_BYTES + _LENGTH_BYTES
        end = start + int.from_bytes(plain[_SALT_BYTES:start], "big")
        if len(plain) < start or end > len(plain):
            raise DecryptionFailed("the announced length exceeds the message")
        if self._receive_id is not None and not hmac.compare_digest(
            plain[end:], self._receive_id.encode()
        ):
            raise ReceiverMismatch("the message is meant for another receiver")
        return plain[start:end]

    def open(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> bytes:
        """Verify, then decrypt: the only safe order."""
        self.verify(signature, timestamp, nonce, encrypted)
        return self.decrypt(encrypted)

    def encrypt(self, plaintext: bytes) -> str:
        """Return the message encrypted for the receiver, in base64; salted, so never twice same."""
        framed = b"".join(
            (
                secrets.token_bytes(_SALT_BYTES),
                len(plaintext).to_bytes(_LENGTH_BYTES, "big"),
                plaintext,
                (self._receive_id or "").encode(),
            )
        )
        padder = _PADDING.padder()
        encryptor = self._cipher.encryptor()
        padded = padder.update(framed) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def seal(self, plaintext: bytes, timestamp: str, nonce: str) -> Sealed:
        """Encrypt and sign: what a sender puts into the body and the query."""
        encrypted = self.encrypt(plaintext)
        return Sealed(encrypted, self.sign(timestamp, nonce, encrypted))
