"""Keeping secrets and personal data of class A: encrypted per tenant, found by a keyed hash.

Each tenant has an own random data key, stored wrapped by the installation's
master key; destroying the wrapped key makes all of a tenant's ciphertexts
unreadable at once. Ciphertexts are bound to tenant and purpose, so that a value
copied to another row, column or tenant does not decrypt.
"""

import base64
import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_KEY_BYTES = 32


class DecryptionFailed(Exception):
    """The value was not encrypted under this key, tenant and purpose, or was changed."""


def load_master_key(configured: str | None, file: Path) -> bytes:
    """Return the master key: the configured one, else the one in `file`, made on first use.

    The file is created 0600 by exclusive creation, so that two processes that
    start at once agree on one key.
    """
    key = base64.b64decode(configured) if configured is not None else _key_in(file)
    if len(key) != _KEY_BYTES:
        raise ValueError("the master key must be 32 bytes in base64")
    return key


def _key_in(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(base64.b64encode(os.urandom(_KEY_BYTES)))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        # A hard link either makes the complete file or finds the other process's complete file.
        os.link(temporary, file)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        temporary.unlink()
    return base64.b64decode(file.read_bytes())


class MasterKey:
    """Wraps the data keys of tenants."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self.own = Vault(_derive(key, b"installation"))
        """The vault for secrets of the installation itself, such as access tokens."""

    def new_data_key(self, tenant_id: int) -> bytes:
        """Return a fresh data key of a tenant, wrapped."""
        return self._seal(os.urandom(_KEY_BYTES), tenant_id)

    def open(self, tenant_id: int, wrapped: bytes) -> "Vault":
        """Return the vault of a tenant whose wrapped data key is given."""
        nonce, body = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        try:
            return Vault(self._cipher.decrypt(nonce, body, _binding(tenant_id, "data-key")))
        except InvalidTag as error:
            raise DecryptionFailed("the tenant's key was wrapped by another master key") from error

    def _seal(self, key: bytes, tenant_id: int) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, key, _binding(tenant_id, "data-key"))


class Vault:
    """Encrypts, decrypts and blinds values of one tenant."""

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(_derive(data_key, b"encrypt"))
        self._blinding = _derive(data_key, b"blind")

    def encrypt(self, purpose: str, value: str) -> bytes:
        """Return the ciphertext of `value`, readable for the same purpose only."""
        return self.seal(purpose, value.encode())

    def decrypt(self, purpose: str, ciphertext: bytes) -> str:
        """Return what was encrypted for `purpose`; raises `DecryptionFailed`."""
        return self.unseal(purpose, ciphertext).decode()

    def seal(self, purpose: str, content: bytes) -> bytes:
        """Return `content` encrypted, readable for the same purpose only."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, purpose.encode())

    def unseal(self, purpose: str, sealed: bytes) -> bytes:
        """Return what was sealed for `purpose`; raises `DecryptionFailed`."""
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, body, purpose.encode())
        except InvalidTag as error:
            raise DecryptionFailed(f"cannot read a value kept for {purpose}") from error

    def blind(self, purpose: str, value: str) -> bytes:
        """Return the keyed hash by which a value is found without being stored."""
        return hmac.digest(self._blinding, f"{purpose}\0{value}".encode(), "sha256")


def _derive(key: bytes, use: bytes) -> bytes:
    return hmac.digest(key, b"siyu:" + use, hashlib.sha256)


def _binding(tenant_id: int, purpose: str) -> bytes:
    return f"{tenant_id}:{purpose}".encode()
