"""Callback cryptography against the published vectors, against itself, and against liars."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.crypto import (
    BadCallbackKeys,
    CallbackCrypto,
    DecryptionFailed,
    ReceiverMismatch,
    SignatureMismatch,
    generate_aes_key,
    generate_token,
)

VECTORS: list[dict[str, str]] = json.loads(
    Path(__file__).with_name("callback_vectors.json").read_text("utf-8")
)["published"]
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

tokens = st.text(st.sampled_from("abcXYZ019"), min_size=1, max_size=32)
keys = st.builds(
    lambda raw: base64.b64encode(raw).decode()[:43], st.binary(min_size=32, max_size=32)
)
receivers = st.text(min_size=0, max_size=40)
digits = st.text(st.sampled_from("0123456789"), min_size=1, max_size=20)


def raw_encrypt(key: str, padded: bytes) -> str:
    secret = base64.b64decode(key + "=")
    encryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_opens_what_the_documentation_prints(vector: dict[str, str]) -> None:
    crypto = CallbackCrypto(vector["token"], vector["aes_key"], vector["receive_id"])
    plain = crypto.open(
        vector["signature"], vector["timestamp"], vector["nonce"], vector["encrypted"]
    )
    assert plain.decode() == vector["plaintext"]


@given(st.builds(CallbackCrypto, tokens, keys, receivers), st.binary(max_size=300), digits, digits)
def test_what_is_sealed_opens(
    crypto: CallbackCrypto, message: bytes, timestamp: str, nonce: str
) -> None:
    sealed = crypto.seal(message, timestamp, nonce)
    assert crypto.open(sealed.signature, timestamp, nonce, sealed.encrypt) == message


@given(st.binary(max_size=200), st.data())
def test_one_changed_character_breaks_the_signature(message: bytes, data: st.DataObject) -> None:
    crypto = CallbackCrypto("token", KEY, "ww1")
    sealed = crypto.seal(message, "1700000000", "42")
    parts = [sealed.signature, "1700000000", "42", sealed.encrypt]
    which = data.draw(st.integers(0, 3))
    at = data.draw(st.integers(0, len(parts[which]) - 1))
    old = parts[which][at]
    parts[which] = parts[which][:at] + ("1" if old != "1" else "2") + parts[which][at + 1 :]
    with pytest.raises(SignatureMismatch):
        crypto.verify(parts[0], parts[1], parts[2], parts[3])


@given(st.text(max_size=400))
def test_garbage_never_escapes_as_another_error(garbage: str) -> None:
    with pytest.raises(DecryptionFailed):
        CallbackCrypto("token", KEY, "ww1").decrypt(garbage)


@given(st.binary(max_size=40).map(lambda raw: raw + bytes((-len(raw)) % 16)))
def test_blocks_of_noise_are_refused(noise: bytes) -> None:
    with pytest.raises((DecryptionFailed, ReceiverMismatch)):
        CallbackCrypto("token", KEY, "ww1").decrypt(base64.b64encode(noise).decode())


def test_messages_for_others_are_refused_unless_any_receiver_is_accepted() -> None:
    sealed = CallbackCrypto("token", KEY, "ww-other").encrypt(b"hello")
    with pytest.raises(ReceiverMismatch):
        CallbackCrypto("token", KEY, "ww-mine").decrypt(sealed)
    assert CallbackCrypto("token", KEY, None).decrypt(sealed) == b"hello"


def test_another_key_or_token_opens_nothing() -> None:
    sealed = CallbackCrypto("token", KEY, "ww1").seal(b"hello", "1", "2")
    with pytest.raises(SignatureMismatch):
        CallbackCrypto("other", KEY, "ww1").open(sealed.signature, "1", "2", sealed.encrypt)
    with pytest.raises((DecryptionFailed, ReceiverMismatch)):
        CallbackCrypto("token", KEY[::-1], "ww1").decrypt(sealed.encrypt)


@pytest.mark.parametrize(
    "framed",
    [
        pytest.param(
            b"x" * 16 + (99).to_bytes(4, "big") + b"short" + b"\x07" * 7, id="length lies"
        ),
        pytest.param(b"x" * 31 + b"\x21", id="padding above 32"),
        pytest.param(b"x" * 31 + b"\x00", id="padding of nothing"),
        pytest.param(b"x" * 10 + b"\x16" * 22, id="no room for a length"),
    ],
)
def test_broken_frames_are_refused(framed: bytes) -> None:
    with pytest.raises(DecryptionFailed):
        CallbackCrypto("token", KEY, None).decrypt(raw_encrypt(KEY, framed))


@pytest.mark.parametrize("count", range(33))
def test_every_padding_length_from_1_to_32_comes_back(count: int) -> None:
    crypto = CallbackCrypto("token", KEY, "")
    encrypted = crypto.encrypt(b"m" * count)
    assert len(base64.b64decode(encrypted)) % 32 == 0
    assert crypto.decrypt(encrypted) == b"m" * count


def test_the_same_message_never_looks_the_same_twice() -> None:
    crypto = CallbackCrypto("token", KEY, "ww1")
    assert crypto.encrypt(b"hello") != crypto.encrypt(b"hello")


@pytest.mark.parametrize(
    ("token", "key"),
    [
        ("", KEY),
        ("t" * 33, KEY),
        ("to ken", KEY),
        ("token\n", KEY),
        ("token", KEY[:-1]),
        ("token", KEY + "A"),
        ("token", "*" * 43),
    ],
)
def test_keys_of_the_wrong_shape_are_refused(token: str, key: str) -> None:
    with pytest.raises(BadCallbackKeys):
        CallbackCrypto(token, key, "ww1")


def test_generated_keys_are_accepted_and_differ() -> None:
    made = [(generate_token(), generate_aes_key()) for _ in range(20)]
    assert len({token for token, _ in made} | {key for _, key in made}) == 40
    for token, key in made:
        assert token.isalnum()
        assert key.isalnum()
        CallbackCrypto(token, key, "ww1")
