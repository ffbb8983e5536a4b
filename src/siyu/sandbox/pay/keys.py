"""The keys of the merchant and of the platform, and what is signed and sealed with them.

Both key pairs are made when the world is first asked for them, and stay. The platform proves itself
with its public key (``PUB_KEY_ID_…``) or with a certificate, as older merchants have it.
"""

import base64
import secrets
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from siyu.sandbox.world import ids
from siyu.sandbox.world import pay_records as p
from siyu.sandbox.world.state import World

_YEARS = timedelta(days=5 * 365)
_BITS = 2048


def merchant_of(world: World) -> p.Merchant:
    """Return the merchant; its keys are made at the first look."""
    return next(iter(world.pay.merchants), None) or _made(world)


def _made(world: World) -> p.Merchant:
    platform, certificate = _platform(world)
    digits = "0123456789"
    return world.pay.merchants.save(
        p.Merchant(
            mchid="19" + ids.random_text(8, alphabet=digits),
            serial=secrets.token_hex(20).upper(),
            private_key=_pem(generate_private_key(65537, _BITS)),
            api_key=ids.random_text(32),
            platform_key=_pem(platform),
            platform_serial=format(certificate.serial_number, "040X"),
            platform_certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
            public_key_id="PUB_KEY_ID_0" + ids.random_text(30, alphabet=digits),
            public_key=platform.public_key()
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            .decode(),
        )
    )


def _platform(world: World) -> tuple[RSAPrivateKey, x509.Certificate]:
    key = generate_private_key(65537, _BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tenpay.com of the simulated world")])
    since = datetime.fromtimestamp(min(world.now(), world.agenda.machine()), UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(since - timedelta(days=1)).not_valid_after(since + _YEARS)
    return key, builder.sign(key, SHA256())


def _pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _key(pem: str) -> RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("the world's keys are RSA")
    return key


def is_signed(merchant: p.Merchant, signature: str, *lines: str) -> bool:
    """Whether the merchant signed these lines."""
    message = "".join(f"{line}\n" for line in lines).encode()
    try:
        raw = base64.b64decode(signature, validate=True)
        _key(merchant.private_key).public_key().verify(raw, message, PKCS1v15(), SHA256())
    except (ValueError, InvalidSignature):
        return False
    return True


def headers(merchant: p.Merchant, body: str, now: float, *, serial: str) -> dict[str, str]:
    """Return the headers with which the platform signs an answer or a notice."""
    stamp, nonce = str(int(now)), ids.random_text(32)
    message = f"{stamp}\n{nonce}\n{body}\n".encode()
    signature = _key(merchant.platform_key).sign(message, PKCS1v15(), SHA256())
    return {
        "Wechatpay-Timestamp": stamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature": base64.b64encode(signature).decode(),
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    }


def sealed(merchant: p.Merchant, content: str, associated: str) -> dict[str, str]:
    """Return content encrypted with the APIv3 key, as notices and certificates carry it."""
    nonce = ids.random_text(12)
    cipher = AESGCM(merchant.api_key.encode())
    text = cipher.encrypt(nonce.encode(), content.encode(), associated.encode())
    return {
        "algorithm": "AEAD_AES_256_GCM",
        "ciphertext": base64.b64encode(text).decode(),
        "nonce": nonce,
        "associated_data": associated,
    }
