"""Finding words in what people write, however many words: one pass over the text."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

MOST_WORDS: Final = 1000
LONGEST: Final = 20
_KEPT: Final = 256


def words_in(text: str, words: Collection[str]) -> list[str]:
    """Return the words that a text holds, each once, as they stand in it; case does not matter."""
    if not words:
        return []
    finder = _finder(tuple(words))
    return list(dict.fromkeys(finder.find_matches_as_strings(_plain(text), overlapping=True)))


def tidy_words(words: Iterable[str]) -> list[str]:
    """Return words without blanks around them, each once, as they are looked for."""
    return list(dict.fromkeys(word for word in map(_plain, words) if word))


def _plain(text: str) -> str:
    return text.strip().lower()


@lru_cache(_KEPT)
def _finder(words: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(tidy_words(words))
