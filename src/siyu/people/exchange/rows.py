"""What a row says of a person: its cells checked and understood, or what is wrong with them."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from siyu.core.vault import Vault
from siyu.people.exchange.plan import IDS, Column, Plan, Vocabulary
from siyu.people.exchange.texts import Row, unguarded
from siyu.people.fields.models import CustomField
from siyu.people.identity.phones import PHONE, NoPhone, mask_phones, parse_phone

Key = tuple[str, str, str]
"""Kind, scope and value of an identity."""

MOST_NAME: Final = 64
MOST_TEXT: Final = 500
_LARGEST: Final = 1e15

_WECHAT_ID: Final = re.compile(r"[A-Za-z0-9_-]{6,64}")
_MEMBER: Final = re.compile(r"[^\x00-\x1f\x7f]{1,64}")
_DAY: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T][\d:.]+)?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_APART: Final = re.compile(r"[,，、;；|]")
_YES: Final = frozenset({"是", "有", "1", "y", "yes", "true", "同意", "已同意", "granted"})
_NO: Final = frozenset({"否", "无", "没有", "0", "n", "no", "false", "不同意", "拒绝", "refused"})
_GENDERS: Final = {
    "男": 1, "male": 1, "m": 1, "1": 1, "女": 2, "female": 2, "f": 2, "2": 2,
    "未知": 0, "unknown": 0, "0": 0,
}  # fmt: skip


class Value(Struct, frozen=True):
    """A value of a custom field, in the member of its kind."""

    number: float | None = None
    text: str | None = None
    day: date | None = None
    choices: tuple[int, ...] = ()


class Problem(Struct, frozen=True):
    """What is wrong: with a column (from 1), or (0) with the row. Never repeats what is in it."""

    place: int
    message: str


class Person(Struct, frozen=True):
    """A row that makes sense. `keys` begin with the surest; what is empty was not said."""

    line: int
    keys: tuple[Key, ...]
    places: tuple[int, ...]
    """The columns of the keys."""
    phone: str
    name: str
    gender: int
    stage_id: int | None
    tag_ids: tuple[int, ...]
    consent: str
    values: dict[int, Value]


class Wrong(Exception):
    """A cell that makes no sense; the sentence says why."""


class RowReader:
    """Understands the rows of a file by its plan."""

    def __init__(self, plan: Plan, words: Vocabulary, vault: Vault) -> None:
        ranked = sorted(plan.columns, key=_rank)
        self._ids = [column for column in ranked if column.means in IDS]
        self._rest = [
            (column.place - 1, column, self._meaning(column, words))
            for column in ranked
            if column.means not in IDS
        ]
        self._width = max((column.place for column in plan.columns), default=0)
        self._vault = vault

    def read(self, row: Row) -> Person | list[Problem]:
        """Return what a row says, or everything that is wrong with it."""
        if row.problem:
            return [Problem(0, row.problem)]
        cells = [unguarded(cell.strip()) for cell in row.cells]
        cells += [""] * (self._width - len(cells))
        problems: list[Problem] = []
        keys, places, phone = self._keys(cells, problems)
        said: dict[str, Any] = {}
        values: dict[int, Value] = {}
        for at, column, meaning in self._rest:
            if not (cell := cells[at]):
                continue
            try:
                if column.field_id is None:
                    said[column.means] = meaning(cell)
                else:
                    values[column.field_id] = meaning(cell)
            except Wrong as wrong:
                problems.append(Problem(column.place, str(wrong)))
        if not keys and not problems:
            problems.append(Problem(0, "没有可以识别客户的编号"))
        if problems:
            return problems
        return Person(
            row.line,
            tuple(keys),
            tuple(places),
            phone,
            said.get("name", ""),
            said.get("gender", 0),
            said.get("stage"),
            said.get("tags", ()),
            said.get("consent", ""),
            values,
        )

    def _keys(
        self, cells: Sequence[str], problems: list[Problem]
    ) -> tuple[list[Key], list[int], str]:
        keys: list[Key] = []
        places: list[int] = []
        phone = ""
        for column in self._ids:
            if not (cell := cells[column.place - 1]):
                continue
            try:
                if column.means == PHONE:
                    phone = _phone(cell)
                    keys.append((PHONE, "", self._vault.blind(PHONE, phone).hex()))
                else:
                    keys.append((column.means, column.app_id, _id(column, cell)))
                places.append(column.place)
            except Wrong as wrong:
                problems.append(Problem(column.place, str(wrong)))
        return keys, places, phone

    def _meaning(self, column: Column, words: Vocabulary) -> Callable[[str], Any]:
        match column.means:
            case "name":
                return _name
            case "gender":
                return _gender
            case "consent":
                return lambda cell: "granted" if _flag(cell) else "refused"
            case "stage":
                return lambda cell: _one_of(words.stages, cell, "没有这个客户阶段")
            case "tags":
                return lambda cell: tuple(
                    _one_of(words.tags, part, "没有这个内部标签，请先在「标签」里建好")
                    for part in _parts(cell)
                )
        return field_reader(words.fields[column.field_id or 0])


def field_reader(field: CustomField) -> Callable[[str], Value]:
    """Return what understands a cell for a custom field; it raises `Wrong`."""
    options = {str(each["name"]): int(each["id"]) for each in field.options if not each.get("gone")}
    unknown = "没有这个选项"
    match field.kind:
        case "number":
            return lambda cell: Value(number=_number(cell))
        case "date":
            return lambda cell: Value(day=_day(cell))
        case "flag":
            return lambda cell: Value(number=float(_flag(cell)))
        case "choice":
            return lambda cell: Value(choices=(_one_of(options, cell, unknown),))
        case "choices":
            return lambda cell: Value(
                choices=tuple(sorted({_one_of(options, part, unknown) for part in _parts(cell)}))
            )
    return lambda cell: Value(text=_text(cell, MOST_TEXT))


def _rank(column: Column) -> int:
    return IDS.index(column.means) if column.means in IDS else len(IDS)


def _phone(cell: str) -> str:
    try:
        return parse_phone(cell)
    except NoPhone as why:
        raise Wrong(str(why)) from why


def _id(column: Column, cell: str) -> str:
    pattern = _MEMBER if column.means == "member" else _WECHAT_ID
    if not pattern.fullmatch(cell):
        raise Wrong("编号的格式不对")
    return cell


def _text(cell: str, most: int) -> str:
    if len(cell) > most:
        raise Wrong(f"超过 {most} 个字")
    if _CONTROL.search(cell):
        raise Wrong("含有无法保存的字符")
    return cell


def _name(cell: str) -> str:
    return mask_phones(_text(cell, MOST_NAME))


def _gender(cell: str) -> int:
    found = _GENDERS.get(cell.lower())
    if found is None:
        raise Wrong("性别请填：男、女或未知")
    return found


def _flag(cell: str) -> bool:
    word = cell.lower()
    if word not in _YES and word not in _NO:
        raise Wrong("请填：是或否")
    return word in _YES


def _number(cell: str) -> float:
    try:
        number = float(cell.replace(",", ""))
    except ValueError:
        raise Wrong("不是数字") from None
    if not abs(number) < _LARGEST:  # not even comparable where it is no number
        raise Wrong("数字过大")
    return number


def _day(cell: str) -> date:
    found = _DAY.fullmatch(cell)
    try:
        if found is None:
            raise Wrong("日期请写成 2026-01-31")
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    except ValueError:
        raise Wrong("没有这一天") from None


def _parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in _APART.split(cell) if part.strip())


def _one_of(known: Any, word: str, sentence: str) -> int:
    found = known.get(word)
    if found is None:
        raise Wrong(sentence)
    return int(found)
