"""Template cards (模板卡片): messages of the application with buttons, choices and menus.

Where something can be pressed the card needs a `task_id`, and the application a callback address:
what is pressed comes as `siyu.channels.wecom.events.CardUsed`, whose code changes the card once.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Request
from siyu.channels.wecom.endpoints.content import Url
from siyu.channels.wecom.limits import Bytes, Items, OneOf

TEXT_NOTICE: Final = "text_notice"
NEWS_NOTICE: Final = "news_notice"
BUTTONS: Final = "button_interaction"
VOTE: Final = "vote_interaction"
CHOICES: Final = "multiple_interaction"

Key = Annotated[str, Bytes(1024, 1)]
OptionId = Annotated[str, Bytes(128, 1)]
Label = Annotated[str, Bytes(2048, 1)]


class CardSource(Request, kw_only=True, frozen=True):
    """Where the card comes from; `desc_color`: 0 grey, 1 black, 2 red, 3 green."""

    icon_url: str | None = None
    desc: str | None = None
    desc_color: Annotated[int, OneOf((0, 1, 2, 3))] | None = None


class CardTitle(Request, kw_only=True, frozen=True):
    """A title with a line below it."""

    title: str | None = None
    desc: str | None = None


class CardTarget(Request, kw_only=True, frozen=True):
    """What opens: 1 a page, 2 a mini program, 0 nothing."""

    type: Annotated[int, OneOf((0, 1, 2))] | None = None
    url: Url | None = None
    appid: str | None = None
    pagepath: str | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when what should open is missing."""
        if self.type == 1 and not self.url:
            yield "url", "请填写链接"
        if self.type == 2 and not self.appid:  # noqa: PLR2004  a mini program
            yield "appid", "请填写小程序"


class CardJump(CardTarget, kw_only=True, frozen=True):
    """A line at the foot that opens something."""

    title: Label


class CardQuote(CardTarget, kw_only=True, frozen=True):
    """A quotation."""

    title: str | None = None
    quote_text: str | None = None


class CardLine(Request, kw_only=True, frozen=True):
    """A key with a value. `type`: 1 opens `url`, 2 loads `media_id`, 3 shows `userid`."""

    keyname: Label
    value: str | None = None
    type: Annotated[int, OneOf((0, 1, 2, 3))] | None = None
    url: Url | None = None
    media_id: str | None = None
    userid: str | None = None


class CardText(Request, kw_only=True, frozen=True):
    """A paragraph with a title, in a news card."""

    title: Label
    desc: str | None = None


class CardImage(Request, kw_only=True, frozen=True):
    """The picture of a news card; width by height, 1.3 to 2.25."""

    url: Url
    aspect_ratio: float | None = None


class CardPicture(CardTarget, kw_only=True, frozen=True):
    """A picture beside a text, in a news card."""

    image_url: Url
    title: str | None = None
    desc: str | None = None


class MenuAction(Request, kw_only=True, frozen=True):
    """An entry of the menu."""

    text: Label
    key: Key


class ActionMenu(Request, kw_only=True, frozen=True):
    """The menu in the corner."""

    action_list: Annotated[list[MenuAction], Items(3, 1)]
    desc: str | None = None


class CardButton(Request, kw_only=True, frozen=True):
    """A button: `type` 0 tells the application, 1 opens `url`; `style` 1 to 4."""

    text: Label
    type: Annotated[int, OneOf((0, 1))] | None = None
    style: Annotated[int, OneOf((1, 2, 3, 4))] | None = None
    key: Key | None = None
    url: Url | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when pressing it would do nothing."""
        if not (self.url if self.type == 1 else self.key):
            yield "url" if self.type == 1 else "key", "请填写按钮的链接或标识"


class VoteOption(Request, kw_only=True, frozen=True):
    """Something to vote for."""

    id: OptionId
    text: Label
    is_checked: bool | None = None


class Checkbox(Request, kw_only=True, frozen=True):
    """A vote; `mode`: 0 one answer, 1 several."""

    question_key: Key
    option_list: Annotated[list[VoteOption], Items(20, 1)]
    mode: Annotated[int, OneOf((0, 1))] | None = None
    disable: bool | None = None


class SelectOption(Request, kw_only=True, frozen=True):
    """Something to choose."""

    id: OptionId
    text: Label


class Select(Request, kw_only=True, frozen=True):
    """A list of which one thing is chosen."""

    question_key: Key
    option_list: Annotated[list[SelectOption], Items(10, 1)]
    title: str | None = None
    selected_id: OptionId | None = None
    disable: bool | None = None


class SubmitButton(Request, kw_only=True, frozen=True):
    """Sends the answers."""

    text: Label
    key: Key


class TemplateCard(Request, kw_only=True, frozen=True):
    """A card of one of five kinds; `replace_text` belongs to a card that replaces another."""

    card_type: Annotated[str, OneOf((TEXT_NOTICE, NEWS_NOTICE, BUTTONS, VOTE, CHOICES))]
    source: CardSource | None = None
    action_menu: ActionMenu | None = None
    main_title: CardTitle | None = None
    quote_area: CardQuote | None = None
    emphasis_content: CardTitle | None = None
    sub_title_text: str | None = None
    image_text_area: CardPicture | None = None
    card_image: CardImage | None = None
    vertical_content_list: Annotated[list[CardText], Items(4)] | None = None
    horizontal_content_list: Annotated[list[CardLine], Items(6)] | None = None
    jump_list: Annotated[list[CardJump], Items(3)] | None = None
    card_action: CardTarget | None = None
    task_id: Annotated[str, Bytes(128, 1)] | None = None
    button_selection: Select | None = None
    button_list: Annotated[list[CardButton], Items(6, 1)] | None = None
    checkbox: Checkbox | None = None
    select_list: Annotated[list[Select], Items(3, 1)] | None = None
    submit_button: SubmitButton | None = None
    replace_text: str | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations of what each kind needs."""
        for field in _NEEDED.get(self.card_type, ()):
            if getattr(self, field) is None:
                yield field, "这种卡片必须填写"
        if self.action_menu is not None and self.task_id is None:
            yield "task_id", "有菜单的卡片必须填写"
        if self.card_type == TEXT_NOTICE and not self._has_text:
            yield "main_title", "标题和二级文本至少填写一项"

    @property
    def _has_text(self) -> bool:
        return bool(self.sub_title_text or (self.main_title and self.main_title.title))


_NEEDED: Final = {
    TEXT_NOTICE: ("card_action",),
    NEWS_NOTICE: ("main_title", "card_action"),
    BUTTONS: ("main_title", "button_list", "task_id"),
    VOTE: ("main_title", "checkbox", "submit_button", "task_id"),
    CHOICES: ("main_title", "select_list", "submit_button", "task_id"),
}
