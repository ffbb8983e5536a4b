"""The tenant's official account as the pages need it."""

from siyu.accounts.connections.gateways import OfficialAccounts
from siyu.channels.wechat.errors import SnapshotVisitor, WeChatFailure
from siyu.channels.wechat.oauth import authorize_url
from siyu.content.pages.readers import ShareCard, SnsScope, WechatReader
from siyu.core.errors import BadGateway


class OfficialAccountGate:
    """Tells readers apart and signs share cards through the tenant's official account."""

    def __init__(self, accounts: OfficialAccounts, *, open_base: str) -> None:
        self._accounts = accounts
        self._open_base = open_base

    async def authorize_url(
        self, tenant_id: int, redirect_uri: str, state: str, scope: SnsScope
    ) -> str | None:
        """Return where to send a browser to sign in; nothing if no account is connected."""
        official = await self._accounts.account(tenant_id)
        if official is None:
            return None
        app_id = official.account.app_id
        return authorize_url(app_id, redirect_uri, state, scope=scope, base=self._open_base)

    async def reader(self, tenant_id: int, code: str) -> WechatReader:
        """Return who came back with this code; raises a `Problem`."""
        official = await self._accounts.account(tenant_id)
        if official is None:
            raise BadGateway("official_account_missing", "公众号已断开连接")
        try:
            visitor = await official.signed_in(code)
        except SnapshotVisitor:
            return WechatReader(official.account.app_id, "", snapshot=True)
        except WeChatFailure as failure:
            raise BadGateway("wechat_refused", failure.sentence) from failure
        return WechatReader(official.account.app_id, visitor.openid, visitor.unionid or None)

    async def share_card(self, tenant_id: int, url: str) -> ShareCard | None:
        """Return the signature for the share card of a page; nothing if not connected."""
        official = await self._accounts.account(tenant_id)
        if official is None:
            return None
        try:
            signed = await official.page_config(url)
        except WeChatFailure as failure:
            raise BadGateway("wechat_refused", failure.sentence) from failure
        return ShareCard(signed.app_id, signed.timestamp, signed.nonce_str, signed.signature)
