"""What exists in the world. Times are Unix seconds of the world's clock, money is fen."""

from typing import Any

import msgspec


class Corp(msgspec.Struct, kw_only=True):
    """The corporation, and the official account bound to the same Open Platform account."""

    corpid: str
    name: str
    jsapi_ticket: str
    jsapi_ticket_expires: float
    next_person: int = 1
    next_message: int = 1
    next_delivery: int = 1
    next_membership: int = 1
    wrong_secrets: int = 0
    wrong_secrets_hour: int = 0


class OfficialAccount(msgspec.Struct, kw_only=True):
    """The corporation's official account (公众号)."""

    appid: str
    name: str
    secret: str
    domain: str = ""
    verify_name: str = ""
    token: str = ""
    token_expires: float = 0.0
    jsapi_ticket: str = ""
    jsapi_ticket_expires: float = 0.0


class App(msgspec.Struct, kw_only=True):
    """A self-built app of the corporation, as its admin sees it in the console."""

    agentid: int
    name: str
    secret: str
    verify_name: str
    description: str = ""
    departments: list[int] = msgspec.field(default_factory=lambda: [1])
    permissions: dict[str, bool] = {}
    callback_url: str = ""
    callback_token: str = ""
    callback_aes_key: str = ""
    callback_verified_at: float | None = None
    trusted_domain: str = ""
    domain_verified_at: float | None = None
    home_url: str = ""
    token: str = ""
    token_expires: float = 0.0
    ticket: str = ""
    ticket_expires: float = 0.0


class Token(msgspec.Struct, kw_only=True):
    """An access token that was given out. ``owner`` is an agent id."""

    token: str
    owner: int
    expires: float


class Department(msgspec.Struct, kw_only=True):
    """A department; the root has id 1 and parent 0."""

    id: int
    name: str
    parent: int
    order: int


class Staff(msgspec.Struct, kw_only=True):
    """A WeCom account of an employee. Two accounts may share one ``employee``."""

    userid: str
    name: str
    alias: str
    gender: int
    department: int
    position: str
    mobile: str
    employee: str
    status: int = 1
    can_contact: bool = True
    console_welcome: bool = False
    current: int | None = None
    email: str = ""
    biz_mail: str = ""
    leader: bool = False
    left: int = 0


class Person(msgspec.Struct, kw_only=True):
    """A WeChat user: whoever may become a customer."""

    id: int
    name: str
    gender: int
    unionid: str
    external_userid: str
    openids: dict[str, str]
    phone: str
    member_id: str = ""
    snapshot: bool = False
    cookies: list[dict[str, Any]] = []
    touch: str = ""
    share: dict[str, str] = {}
    created: float = 0.0
    origin: str = "seed"


class Relation(msgspec.Struct, kw_only=True):
    """One person × one staff account. Each side can leave without the other noticing.

    ``created`` is the time of the current relation, as WeCom reports it; ``first`` that of the
    first one, which WeCom does not tell (0: it is still the first). ``ended_by``: which side
    left first, ``customer`` or ``staff``.
    """

    userid: str
    person: int
    created: int
    add_way: int
    state: str
    oper: str
    staff_has: bool = True
    customer_has: bool = True
    half: bool = False
    pending: bool = False
    remark: str = ""
    description: str = ""
    company: str = ""
    mobiles: list[str] = []
    tags: list[str] = []
    chatting: bool = False
    welcomed: bool = False
    adds: int = 1
    first: int = 0
    ended_by: str = ""


class Tag(msgspec.Struct, kw_only=True):
    """A corp tag."""

    id: str
    name: str
    order: int
    created: int


class TagGroup(msgspec.Struct, kw_only=True):
    """A group of corp tags; it goes with its last tag."""

    id: str
    name: str
    order: int
    created: int
    tags: list[Tag]


class ContactWay(msgspec.Struct, kw_only=True):
    """A code (联系我) made through the API."""

    config_id: str
    type: int
    scene: int
    created: int
    style: int = 1
    remark: str = ""
    skip_verify: bool = True
    state: str = ""
    user: list[str] = []
    party: list[int] = []
    is_temp: bool = False
    expires_in: int = 7 * 86400
    chat_expires_in: int = 86400
    unionid: str = ""
    is_exclusive: bool = False
    mark_source: bool = True
    conclusions: dict[str, Any] = {}
    scans: int = 0
    used: bool = False


class WelcomeCode(msgspec.Struct, kw_only=True):
    """The right to one welcome message, for 20 seconds. ``status``: open, used."""

    code: str
    userid: str
    person: int
    created: float
    expires: float
    status: str = "open"
    burst: str = ""
    acknowledged: float | None = None
    sent: float | None = None


class Grant(msgspec.Struct, kw_only=True):
    """Something short-lived that stands for an identity.

    ``kind``: code (OAuth code), ticket (user_ticket), sns (access token of the official
    account), js (a page whose JS-SDK signature was accepted).
    """

    key: str
    kind: str
    appid: str
    who: str
    expires: float
    scope: str = ""
    agentid: int | None = None
    used: bool = False


class Media(msgspec.Struct, kw_only=True):
    """An uploaded file; ``expires`` None for pictures of uploadimg, which stay for ever.

    ``scene``: moment or album for an attachment (upload_attachment), which is good for that only.
    """

    id: str
    type: str
    filename: str
    content_type: str
    size: int
    created: float
    expires: float | None
    scene: str = ""
    md5: str = ""


class Message(msgspec.Struct, kw_only=True):
    """One message in a chat.

    ``chat``: ``s-userid|p-17`` (staff and customer), ``app|s-userid`` (an app's messages to a
    staff account), ``p-3|p-9`` (two persons), ``wr…`` (a customer group).
    ``kind``: text, link, image, video, file, miniprogram, card, system, recalled. ``source``:
    welcome, jssdk, staff, customer, app, forward, mass, system.
    """

    id: int
    chat: str
    sender: str
    at: float
    kind: str
    source: str
    text: str = ""
    title: str = ""
    desc: str = ""
    url: str = ""
    pic: str = ""


class Delivery(msgspec.Struct, kw_only=True):
    """A callback on its way to an app.

    ``status``: waiting, done, lost (nobody took it), dropped (by a fault: it never left),
    withheld (the app had no permission to hear it).
    """

    id: int
    agentid: int
    xml: str
    created: float
    status: str = "waiting"
    attempts: int = 0
    welcome_code: str = ""


class Shop(msgspec.Struct, kw_only=True):
    """The shop's own system: where it reports orders, and what it sells."""

    name: str
    orders_url: str = ""
    key: str = ""
    secret: str = ""
    products: list["Product"] = []


class Product(msgspec.Struct, kw_only=True):
    """Something the shop sells; price in fen."""

    sku: str
    name: str
    price_fen: int
    picture: str = ""


class Order(msgspec.Struct, kw_only=True):
    """An order of the shop. ``status``: paid, refunded. ``reported``: siyu accepted it."""

    external_id: str
    person: int
    sku: str
    quantity: int
    amount_fen: int
    status: str
    at: float
    touch: str = ""
    reported: bool = False
    answer_status: int | None = None
    refund_fen: int = 0


class StoryStep(msgspec.Struct, kw_only=True):
    """One thing a person of a story will do, ``due`` seconds after its start.

    ``act``: arrive, open, forward, buy, refund, delete, return. ``result`` is empty until done,
    then ``done``, ``skipped: …`` or ``failed: …``.
    """

    due: float
    person: int
    act: str
    result: str = ""


class Story(msgspec.Struct, kw_only=True):
    """A number of people sent through the shop's life. ``status``: running, done, stopped."""

    id: str
    people: int
    seconds: float
    seed: int
    ways: list[str]
    started: float
    steps: list[StoryStep]
    cast: dict[str, int] = {}
    status: str = "running"
    finished: float | None = None


class Burst(msgspec.Struct, kw_only=True):
    """Very many people who scan within seconds. ``status``: running, done."""

    id: str
    people: int
    seconds: float
    ways: list[str]
    started: float
    added: int = 0
    status: str = "running"
    finished: float | None = None
