"""WeCom's error answers: HTTP 200 with ``errcode`` and ``errmsg``."""

# Short texts in WeCom's own manner; a code that is missing here answers with a plain sentence.
_TEXTS = {
    -1: "system error",
    40001: "invalid credential",
    40003: "invalid userid",
    40004: "invalid media type",
    40005: "invalid type",
    40006: "invalid media size",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40029: "invalid code",
    40031: "invalid userid list",
    40035: "invalid parameter",
    40056: "invalid agentid",
    40058: "invalid Request Parameter",
    40063: "some parameters are empty",
    40068: "invalid tagid",
    40071: "invalid tag name",
    40072: "invalid tag name length",
    40078: "invalid user_ticket",
    40096: "invalid external userid",
    40125: "invalid appsecret",
    40163: "code been used",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "corpsecret missing",
    41006: "media_id missing",
    41008: "missing code",
    41009: "userid missing",
    41011: "missing agentid",
    41035: "missing external userid",
    41037: "missing contact way type",
    41038: "missing contact way scene",
    41039: "invalid contact way type",
    41040: "invalid contact way scene",
    41041: "contact way user limit exceeded",
    41042: "invalid contact way style",
    41043: "missing contact way config_id",
    41044: "invalid contact way config_id",
    41045: "contact way count limit exceeded",
    41049: "missing welcome code",
    41050: "invalid welcome code",
    41051: "customer has started chatting or the welcome message was sent",
    41064: "invalid attachments size",
    41065: "invalid attachments msgtype",
    41096: "welcome message is being sent",
    42001: "access_token expired",
    42003: "code expired",
    42022: "code has been used",
    43001: "require GET method",
    43002: "require POST method",
    44001: "empty media data",
    44004: "empty content",
    45001: "media size out of limit",
    45002: "content size out of limit",
    45009: "api freq out of limit",
    45033: "api concurrent out of limit",
    45024: "count limit exceeded",
    47001: "data format error, Warning: wrong json format.",
    48002: "api forbidden",
    50001: "redirect_uri domain not registered",
    60003: "department not found",
    60011: "no privilege to access/modify contact/party/agent",
    60021: "user not in the app's visible range",
    60111: "userid not found",
    81013: "all of touser, toparty, totag are invalid",
    84061: "not external contact",
    84074: "no external contact permission",
    85005: "trusted domain not verified",
    301002: "not allow operate another agent with this accesstoken",
}


class ApiError(Exception):
    """WeCom refuses a call with ``code``; ``hint`` is added to its message."""

    def __init__(self, code: int, hint: str = "") -> None:
        text = _TEXTS.get(code, "request refused")
        super().__init__(f"{text}, {hint}" if hint else text)
        self.code = code


def error_body(code: int, message: str, hint: str, ip: str) -> dict[str, object]:
    """Return the body of a refusal, ending as the real ones do."""
    return {
        "errcode": code,
        "errmsg": (
            f"{message}, hint: [{hint}], from ip: {ip}, "
            f"more info at https://open.work.weixin.qq.com/devtool/query?e={code}"
        ),
    }
