"""The endpoints of api.weixin.qq.com that have classes here."""

from typing import Any, Final

from siyu.channels.wechat import codes, followers, links, menus, messages, mini_program
from siyu.channels.wechat.rows import HOST, Row

ROWS: Final[tuple[Row[Any, Any], ...]] = (
    *followers.ROWS,
    *codes.ROWS,
    *menus.ROWS,
    *messages.ROWS,
    *mini_program.ROWS,
    *links.ROWS,
)
# those that need no access token are methods of the accounts
OPEN: Final = (
    ("POST", f"{HOST}/cgi-bin/stable_token"),
    ("GET", f"{HOST}/cgi-bin/ticket/getticket"),
    ("GET", f"{HOST}/sns/oauth2/access_token"),
    ("GET", f"{HOST}/sns/userinfo"),
    ("GET", f"{HOST}/sns/jscode2session"),
)


def known() -> list[tuple[str, str]]:
    """Return method and official address of every endpoint."""
    return [*OPEN, *((row.method, row.address) for row in ROWS)]
