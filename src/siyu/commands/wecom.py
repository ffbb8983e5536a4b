"""`siyu wecom`: reads callbacks and answers, and calls any endpoint for a tenant."""

import difflib
import functools
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, urlsplit

import msgspec
from cyclopts import App, Parameter

from siyu.channels.wecom.callback import MAX_BODY_BYTES, CallbackRefused
from siyu.channels.wecom.catalogue import PREFIX
from siyu.channels.wecom.endpoint import Download, Endpoint, TokenKind, Upload
from siyu.channels.wecom.endpoints import find, known
from siyu.channels.wecom.errors import (
    QuotaExhausted,
    RequestRefused,
    WeComError,
    WeComFailure,
    WeComUnreadable,
)
from siyu.channels.wecom.events import decoded
from siyu.channels.wecom.plain import checked
from siyu.channels.wecom.wire import fields_of, reply_of
from siyu.commands.options import BAD_INPUT, Data, bytes_of, refuse, secret_of, settings_of
from siyu.core.errors import Problem
from siyu.core.http import MAX_ANSWER_BYTES

WECOM_SAID_NO: Final = 3
NO_ANSWER: Final = 4
NO_QUOTA: Final = 5
HIDDEN: Final = "***"
SECRET_VARIABLE: Final = "SIYU_APP_SECRET"  # noqa: S105 - the name of a variable
TOKEN_VARIABLE: Final = "SIYU_APP_TOKEN"  # noqa: S105 - the name of a variable
_SECRETS: Final = re.compile(
    r"(?:token|secret|ticket|aes_?key|session_key|permanent_code|auth_?code|password|private_key)$",
    re.IGNORECASE,
)
_LONG_WORD: Final = re.compile(r"[A-Za-z0-9_\-]{40,}")
_SHOWN_NEIGHBOURS: Final = 5

app = App(name="wecom", help="企业微信：解读回调与应答，调用任何接口。")


@app.command(name="decode-callback")
def decode_callback(file: str | None = None, /) -> None:
    """把一条已解密的回调（XML 或 JSON，自建应用或服务商套件）输出为一个 JSON 对象，不丢任何字段。

    Parameters
    ----------
    file
        文件；默认读标准输入。

    """
    try:
        fields = decoded(bytes_of(file, most=MAX_BODY_BYTES))
    except CallbackRefused as error:
        why = f"{error}: {error.__cause__}" if error.__cause__ else str(error)
        refuse("内容不是企业微信的回调：应为简单的 XML（不含文档类型声明）或 JSON 对象", why)
    _print(fields)


@app.command(name="decode-response")
def decode_response(method: str, path: str, file: str | None = None, /) -> None:
    """用类型化客户端解读一条应答，再原样输出为 JSON，不丢任何内容。

    Parameters
    ----------
    method
        GET 或 POST。
    path
        接口路径，可省略 /cgi-bin，可带查询参数。
    file
        文件；默认读标准输入。

    """
    endpoint = _endpoint(method, path)
    content = bytes_of(file, most=MAX_ANSWER_BYTES)
    try:
        data = fields_of(content, endpoint.path)
        if code := data.get("errcode", 0):
            _explain(WeComError(code, str(data.get("errmsg", "")), endpoint.path))
        elif not issubclass(endpoint.response, Download):
            data = reply_of(data, endpoint).raw
    except WeComUnreadable as error:
        refuse("内容不是这个接口的应答", str(error))
    _print(data)


@app.command
def call(
    method: str,
    path: str,
    /,
    *,
    json: Annotated[str, Parameter(help="请求内容，一个 JSON 对象；- 表示读标准输入")] = "{}",
    tenant: str | None = None,
    app: str | None = None,
    file: Path | None = None,
    save: Path | None = None,
    data: Data = None,
) -> None:
    """以某个企业已保存的连接调用任何接口；输出中的密钥与凭证都会隐藏。

    退出码：0 成功；2 输入或请求有误，没有发出；3 企业微信返回错误；4 没有得到应答；5 额度已用完。

    Parameters
    ----------
    method
        GET 或 POST。
    path
        接口路径，可省略 /cgi-bin；查询参数并入请求内容。
    tenant
        企业的编号、名称或域名；只有一个企业时可省略。
    app
        以企业的另一个应用调用：它的 AgentId，系统应用写名称（如 客户联系）；它的 Secret 从环境变量
        SIYU_APP_SECRET 读取，没有时在终端里询问，不会保存也不会显示。省略时用已连接的应用。
        服务商与设备的接口不用应用，凭证同样从 SIYU_APP_TOKEN 读取或询问。
    file
        要上传的文件（上传素材的接口）。
    save
        把下载到的文件存到这里（下载素材的接口）。

    """
    from siyu.commands.wecom_call import Caller, answer_to  # noqa: PLC0415 - reading needs no database

    endpoint = _endpoint(method, path)
    fields = _fields(json) | {
        name: value for name, value in parse_qsl(urlsplit(path).query) if name != endpoint.token
    }
    if file is not None and issubclass(endpoint.request, Upload):
        content = bytes_of(str(file), most=MAX_ANSWER_BYTES)
        fields |= {"filename": file.name, "content": content}
    caller = Caller(app)
    try:
        checked(endpoint, fields)
        if endpoint.token not in {TokenKind.ACCESS, TokenKind.NONE}:
            caller = Caller(app, token=secret_of(TOKEN_VARIABLE, endpoint.token))
        elif app is not None:
            caller = Caller(app, secret=secret_of(SECRET_VARIABLE, f"{app} 的 Secret"))
        reply = answer_to(settings_of(data=data), tenant, caller, endpoint, fields)
    except WeComFailure as failure:
        _explain(failure, *caller.secrets)
        raise SystemExit(_exit_code(failure)) from None
    except Problem as problem:
        refuse(problem.detail, problem.code)
    if isinstance(reply, Download):
        _keep(reply, save)
    else:
        _print(hidden(reply.raw, secrets=caller.secrets))


def _endpoint(method: str, path: str) -> Endpoint[Any, Any]:
    place = urlsplit(path).path.strip().strip("/")
    place = f"/{place}" if f"/{place}".startswith(PREFIX) else f"{PREFIX}{place}"
    if (endpoint := find(method.upper(), place)) is not None:
        return endpoint
    methods = [verb for verb, known_path in known() if known_path == place]
    if methods:
        return refuse(f"{place} 应使用 {methods[0]}", f"the method is {methods[0]}")
    paths = sorted({known_path.removeprefix(PREFIX) for _, known_path in known()})
    near = difflib.get_close_matches(place.removeprefix(PREFIX), paths, _SHOWN_NEIGHBOURS, 0.5)
    hint = f"；相近的有：{'、'.join(near)}" if near else ""
    return refuse(f"没有接口 {place}{hint}", "unknown endpoint")


def _fields(text: str) -> dict[str, Any]:
    content = bytes_of(None, most=MAX_ANSWER_BYTES) if text == "-" else text.encode()
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        refuse("--json 应为一个 JSON 对象", f"not a JSON object: {error}")


def hidden(value: Any, name: str = "", *, secrets: tuple[str, ...] = ()) -> Any:
    """Return `value` without secrets, tokens and tickets, and without those of `secrets`."""
    if isinstance(value, dict):
        return {inner: hidden(one, inner, secrets=secrets) for inner, one in value.items()}
    if isinstance(value, list):
        return [hidden(one, name, secrets=secrets) for one in value]
    if not isinstance(value, str) or not value:
        return value
    if _SECRETS.search(name):
        return HIDDEN
    return functools.reduce(lambda text, secret: text.replace(secret, HIDDEN), secrets, value)


def _explain(failure: WeComFailure, *secrets: str) -> None:
    lines = [f"siyu: {failure.sentence}", f"处理方式：{failure.advice.action.label}"]
    if isinstance(failure, WeComError):
        if failure.permission is not None:
            lines.append(f"所需权限：{failure.permission.title}")
            lines.append(f"在哪里授予：{failure.fix}")
        said = _LONG_WORD.sub(HIDDEN, hidden(failure.errmsg, secrets=secrets))
        lines.append(f"errcode={failure.errcode} errmsg={said}")
    sys.stderr.write("\n".join(lines) + "\n")


def _exit_code(failure: WeComFailure) -> int:
    match failure:
        case RequestRefused():
            return BAD_INPUT
        case WeComError():
            return WECOM_SAID_NO
        case QuotaExhausted():
            return NO_QUOTA
        case _:
            return NO_ANSWER


def _keep(reply: Download, save: Path | None) -> None:
    if save is not None:
        try:
            save.write_bytes(reply.content)
        except OSError as error:
            refuse(f"无法写入 {save}：{error.strerror}", f"cannot write {save}")
    _print({"content_type": reply.content_type, "bytes": len(reply.content)})


def _print(value: Any) -> None:
    try:
        text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    except RecursionError:
        refuse("内容嵌套过深", "nested too deeply")
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.flush()
