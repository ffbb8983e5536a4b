"""Sets as arrays, and many numbers looked up at once, however far apart they lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap64

from siyu.core.analytics import AnalyticsUnavailable
from siyu.people.rules.answers import arrays
from siyu.people.rules.answers.arrays import Among, array_of, bitmap_of, firsts, rows

NUMBERS = st.sets(
    st.one_of(st.integers(0, 60), st.integers(2**40, 2**40 + 60), st.integers(2**62, 2**62 + 9))
)


def ascending(numbers: set[int]) -> arrays.Numbers:
    return np.array(sorted(numbers), np.uint64)


@given(NUMBERS, st.integers(1, 9))
def test_a_set_goes_there_and_back_in_portions(numbers, portion):
    members = BitMap64(numbers)
    kept = arrays._PORTION, arrays._RANGE
    arrays._PORTION, arrays._RANGE = portion, portion
    try:
        assert array_of(members).tolist() == sorted(numbers)
        assert bitmap_of(ascending(numbers)) == members
    finally:
        arrays._PORTION, arrays._RANGE = kept


@given(NUMBERS, st.lists(st.one_of(st.integers(0, 70), st.integers(2**40 - 3, 2**40 + 70))))
def test_many_are_looked_up_as_one_by_one(numbers, asked):
    wanted = np.array(asked, np.uint64)
    assert Among(ascending(numbers))(wanted).tolist() == [one in numbers for one in asked]
    small = np.array([one for one in asked if one < 200], np.uint8)
    assert Among(ascending(numbers))(small).tolist() == [one in numbers for one in small.tolist()]


def test_an_answer_that_was_cut_is_no_answer():
    kind = np.dtype([("id", "<u8"), ("value", "<i8")])
    assert firsts(np.array([], np.uint64)).tolist() == []
    assert len(rows(bytes(32), kind)) == 2
    with pytest.raises(AnalyticsUnavailable):
        rows(bytes(33), kind)
