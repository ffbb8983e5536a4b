"""What a friendship is follows from its turns alone, in whatever order they are heard."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from siyu.people.contacts.turns import Turn, standing

BEGIN = datetime(2026, 5, 1, tzinfo=UTC)

moments = st.integers(0, 12).map(lambda n: BEGIN + timedelta(minutes=n))
turns = st.one_of(
    st.tuples(moments, st.sampled_from([None, 1, 2])).map(
        lambda drawn: Turn(drawn[0], "added", live_code_id=drawn[1])
    ),
    moments.map(lambda at: Turn(at, "half")),
    st.tuples(moments, st.sampled_from(["customer", "staff"])).map(
        lambda drawn: Turn(drawn[0], "lost", drawn[1])
    ),
)
histories = st.lists(turns, min_size=1, max_size=10, unique_by=lambda t: (t.at, t.kind, t.by))


def lived_through(history: list[Turn]) -> dict[str, object]:
    """The model: a friendship lived minute by minute, beginnings of a minute before endings."""
    state, first, added, code = "half", None, None, None
    rank = {"added": 0, "half": 1, "lost": 2}
    for turn in sorted(history, key=lambda t: (t.at, rank[t.kind], t.by)):
        if turn.kind == "added":
            state, added = "active", turn.at
            first = first or turn.at
            code = code or turn.live_code_id
        elif turn.kind == "lost":
            state = "lost"
        elif state == "lost":
            state = "half"
    return {
        "first_add_at": first,
        "added_at": added,
        "live_code_id": code,
        "state": state,
    }


@given(histories, st.randoms())
def test_the_order_of_arrival_does_not_matter(history, dice):
    shuffled = history * 2
    dice.shuffle(shuffled)
    unique = list(dict.fromkeys(shuffled))
    assert standing(unique) == standing(history)


@given(histories)
def test_it_is_what_living_through_it_gives(history):
    now, model = standing(history), lived_through(history)
    assert now.first_add_at == model["first_add_at"]
    assert now.added_at == model["added_at"]
    assert now.live_code_id == model["live_code_id"]
    assert now.state == model["state"]


@given(histories)
def test_first_add_time_is_the_earliest_and_never_after_the_present_addition(history):
    additions = [turn.at for turn in history if turn.kind == "added"]
    now = standing(history)
    assert now.first_add_at == min(additions, default=None)
    assert now.added_at == max(additions, default=None)


def minute(number: int) -> datetime:
    return BEGIN + timedelta(minutes=number)


def test_who_ended_it_first_ended_it():
    now = standing(
        [
            Turn(minute(5), "lost", "staff"),
            Turn(minute(0), "added"),
            Turn(minute(3), "lost", "customer"),
        ]
    )
    assert (now.state, now.lost_at, now.lost_by) == ("lost", minute(3), "customer")


def test_a_second_addition_makes_friends_again_and_keeps_the_first_time():
    now = standing(
        [Turn(minute(0), "added"), Turn(minute(3), "lost", "customer"), Turn(minute(9), "added")]
    )
    assert (now.state, now.first_add_at, now.added_at) == ("active", minute(0), minute(9))
    assert now.lost_at is None


def test_a_half_addition_is_no_friendship():
    now = standing([Turn(minute(0), "half")])
    assert (now.state, now.first_add_at) == ("half", None)
    now = standing([Turn(minute(0), "half"), Turn(minute(1), "added")])
    assert (now.state, now.first_add_at) == ("active", minute(1))
    again = standing(
        [Turn(minute(0), "added"), Turn(minute(1), "lost", "staff"), Turn(minute(2), "half")]
    )
    assert again.state == "half"


def test_an_ending_without_a_known_beginning_is_an_ending():
    now = standing([Turn(minute(1), "lost", "customer")])
    assert (now.state, now.first_add_at, now.lost_by) == ("lost", None, "customer")
