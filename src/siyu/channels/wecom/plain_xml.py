"""Reading the XML of callbacks: plain and small, or not at all.

The parser of the standard library does the work; what makes XML dangerous is refused before it
happens. Entities can only be defined in a document type, so without one there are no bombs and
nothing is fetched.
"""

from typing import Any, Final
from xml.parsers.expat import ExpatError, ParserCreate

_MAX_DEPTH: Final = 16
_MAX_ELEMENTS: Final = 20_000

Fields = dict[str, Any]


class NotPlain(Exception):
    """The document is not XML, or more than plain, small XML. The message holds no content."""


def read(document: bytes) -> Fields | str:
    """Return the children of the root as texts, nested dicts, and lists where a name repeats.

    A root without children gives its text. Raises `NotPlain`.
    """
    reader = _Reader()
    try:
        return reader.read(document)
    except (ExpatError, ValueError, LookupError) as error:
        raise NotPlain("not well-formed") from error


class _Reader:
    def __init__(self) -> None:
        self._elements = 0
        self._open: list[tuple[str, Fields, list[str]]] = []
        self._root: Fields | str = ""
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, document: bytes) -> Fields | str:
        self._parser.Parse(document, True)
        return self._root

    def _refuse(self, *_: object) -> None:
        raise NotPlain("a document type")

    def _begin(self, name: str, _: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise NotPlain("too many elements")
        if len(self._open) > _MAX_DEPTH:
            raise NotPlain("nested too deeply")
        self._open.append((name, {}, []))

    def _text(self, text: str) -> None:
        self._open[-1][2].append(text)

    def _end(self, _: str) -> None:
        name, fields, texts = self._open.pop()
        value: Fields | str = fields or "".join(texts)
        if not self._open:
            self._root = value
            return
        siblings = self._open[-1][1]
        if name not in siblings:
            siblings[name] = value
        elif isinstance(siblings[name], list):
            siblings[name].append(value)
        else:
            siblings[name] = [siblings[name], value]
