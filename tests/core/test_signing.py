"""A token says what it said when it was given out, for its own use, until it ends."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from siyu.core.signing import Signer

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
SIGNER = Signer(b"k" * 32)
LATER = NOW + timedelta(hours=1)


@given(st.integers(0, 2**63 - 1), st.text(max_size=40))
def test_members_come_back(number, words):
    token = SIGNER.sign("use", number, words, ends=LATER)
    assert SIGNER.read("use", token, tuple[int, str], now=NOW) == (number, words)


@given(st.text(max_size=80))
def test_what_was_never_given_out_is_nothing(token):
    assert SIGNER.read("use", token, tuple[int], now=NOW) is None


@given(st.integers(0, 10**6), st.integers(0, 200), st.integers(1, 255))
def test_a_changed_token_is_nothing(number, place, change):
    token = bytearray(SIGNER.sign("use", number, ends=LATER).encode())
    token[place % len(token)] ^= change
    read = SIGNER.read("use", token.decode("latin-1"), tuple[int], now=NOW)
    # Spare bits at the end of base64 mean nothing: the token may read the same, never another.
    assert read in {None, (number,)}


def test_use_key_shape_and_end_count():
    token = SIGNER.sign("use", 1, ends=LATER)
    assert SIGNER.read("other", token, tuple[int], now=NOW) is None
    assert Signer(b"x" * 32).read("use", token, tuple[int], now=NOW) is None
    assert SIGNER.read("use", token, tuple[int, int], now=NOW) is None
    assert SIGNER.read("use", token, tuple[str], now=NOW) is None
    assert SIGNER.read("use", token, tuple[int], now=LATER) == (1,)
    assert SIGNER.read("use", token, tuple[int], now=LATER + timedelta(seconds=2)) is None
