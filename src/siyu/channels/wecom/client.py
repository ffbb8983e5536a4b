"""The calls of one application in plain words, over the endpoint table."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from siyu.channels.wecom.calls.acquisition import Acquisition
from siyu.channels.wecom.calls.app_messages import AppMessages
from siyu.channels.wecom.calls.archive import ArchiveCalls
from siyu.channels.wecom.calls.corp_tags import TagLibrary
from siyu.channels.wecom.calls.customers import Customers
from siyu.channels.wecom.calls.files import Files
from siyu.channels.wecom.calls.groups import Groups
from siyu.channels.wecom.calls.mass_messages import MassMessages
from siyu.channels.wecom.calls.moments import Moments
from siyu.channels.wecom.calls.organisation import Organisation
from siyu.channels.wecom.calls.service import CustomerService
from siyu.channels.wecom.calls.transfers import Transfers
from siyu.channels.wecom.credentials import AppCredentials, CredentialSource
from siyu.channels.wecom.endpoint import (
    Endpoint,
    Nothing,
    PagedReply,
    PagedRequest,
    Reply,
    Request,
)
from siyu.channels.wecom.endpoints import (
    auth,
    contact_ways,
    contacts,
    directory,
    media,
    messages,
    tags,
    welcome,
)
from siyu.channels.wecom.endpoints.content import Attachment, Text
from siyu.channels.wecom.errors import WeComError, WeComUnreadable
from siyu.channels.wecom.gateway import PATIENCE, WecomGateway
from siyu.channels.wecom.jssdk import PageSignature, page_signature
from siyu.channels.wecom.lanes import Urgency
from siyu.channels.wecom.plain import checked

Q = TypeVar("Q", bound=Request)
R = TypeVar("R", bound=Reply)
PQ = TypeVar("PQ", bound=PagedRequest)
PR = TypeVar("PR", bound=PagedReply)

NO_RELATION: Final = 84061
_USERS_PER_BATCH: Final = 100
_IDS_PER_PAGE: Final = 1000


class WecomClient:
    """Calls as one application of one corporation. Light: make one whenever needed.

    Every method raises a `siyu.channels.wecom.errors.WeComFailure` when it does not succeed.
    `urgency` is for calls of this client that do not say otherwise.
    """

    def __init__(
        self, gateway: WecomGateway, app: AppCredentials, *, urgency: Urgency | None = None
    ) -> None:
        self._gateway = gateway
        self._urgency = urgency
        self.app = app

    def in_background(self) -> "WecomClient":
        """Return a client whose calls let everyone else pass first."""
        return WecomClient(self._gateway, self.app, urgency=Urgency.BACKGROUND)

    async def call(
        self,
        endpoint: Endpoint[Q, R],
        request: Q | Mapping[str, Any],
        *,
        urgency: Urgency | None = None,
        patience: timedelta = PATIENCE,
        token: str | None = None,
    ) -> R:
        """Call any endpoint of the table, see `siyu.channels.wecom.endpoints.find`.

        The request is one of its type, or plain fields that are checked against it.
        """
        rank = urgency if urgency is not None else self._urgency
        ready: Any = request if isinstance(request, Request) else checked(endpoint, request)
        return await self._gateway.call(
            self.app, endpoint, ready, urgency=rank, patience=patience, token=token
        )

    async def pages(
        self,
        endpoint: Endpoint[PQ, PR],
        request: PQ,
        *,
        patience: timedelta = PATIENCE,
    ) -> AsyncIterator[PR]:
        """Yield every page from `request.cursor` on; a page's `next_cursor` resumes after it."""
        while True:
            page = await self.call(endpoint, request, patience=patience)
            yield page
            if not page.next_cursor:
                return
            if page.next_cursor == request.cursor:
                raise WeComUnreadable("the next page is the same page", endpoint.path)
            request = replace(request, cursor=page.next_cursor)

    # what is called by domain

    @cached_property
    def groups(self) -> Groups:
        """Customer groups, codes into them, their welcomes."""
        return Groups(self)

    @cached_property
    def mass_messages(self) -> MassMessages:
        """Mass messages to customers and groups."""
        return MassMessages(self)

    @cached_property
    def app_messages(self) -> AppMessages:
        """Messages of the application to staff."""
        return AppMessages(self)

    @cached_property
    def moments(self) -> Moments:
        """Moments for customers."""
        return Moments(self)

    @cached_property
    def files(self) -> Files:
        """Files beyond the common uploads."""
        return Files(self)

    @cached_property
    def transfers(self) -> Transfers:
        """Hand-over of customers."""
        return Transfers(self)

    @cached_property
    def organisation(self) -> Organisation:
        """The directory in full."""
        return Organisation(self)

    @cached_property
    def tag_library(self) -> TagLibrary:
        """Changes of corp tags and their groups."""
        return TagLibrary(self)

    @cached_property
    def customers(self) -> Customers:
        """Customers under other ids, all who were served, and what staff did."""
        return Customers(self)

    @cached_property
    def acquisition(self) -> Acquisition:
        """Links of the acquisition assistant."""
        return Acquisition(self)

    @cached_property
    def service(self) -> CustomerService:
        """WeChat customer service."""
        return CustomerService(self)

    @cached_property
    def archive(self) -> ArchiveCalls:
        """The message archive's consents and groups."""
        return ArchiveCalls(self)

    # sign-in and pages

    async def signed_in(self, code: str) -> auth.UserInfoReply:
        """Return who came back from the authorization page with `code`."""
        return await self.call(auth.GET_USER_INFO, auth.UserInfoRequest(code=code))

    async def private_details(self, user_ticket: str) -> auth.UserDetailReply:
        """Return what a staff member allowed to read of them."""
        request = auth.UserDetailRequest(user_ticket=user_ticket)
        return await self.call(auth.GET_USER_DETAIL, request)

    async def page_config(self, url: str) -> PageSignature:
        """Return what ``config`` of the JS-SDK needs on the page at `url`."""
        ticket = await self._gateway.jsapi_ticket(self.app, agent=False)
        now = self._gateway.clock.now()
        return page_signature(ticket, url, app_id=self.app.corp_id, now=now)

    async def page_agent_config(self, url: str) -> PageSignature:
        """Return what ``agentConfig`` of the JS-SDK needs on the page at `url`."""
        ticket = await self._gateway.jsapi_ticket(self.app, agent=True)
        now = self._gateway.clock.now()
        return page_signature(
            ticket, url, app_id=self.app.corp_id, now=now, agent_id=self.app.agent_id
        )

    # directory

    async def agent(self) -> directory.AgentReply:
        """Return the application itself and whom it may see."""
        request = directory.AgentRequest(agentid=self.app.agent_id)
        return await self.call(directory.GET_AGENT, request)

    async def departments(self) -> tuple[directory.Department, ...]:
        """Return all visible departments."""
        request = directory.DepartmentsRequest()
        return (await self.call(directory.LIST_DEPARTMENTS, request)).department

    async def memberships(self) -> AsyncIterator[directory.Membership]:
        """Yield every visible staff account with each of its departments."""
        async for page in self.pages(directory.LIST_USER_IDS, directory.UserIdsRequest()):
            for membership in page.dept_user:
                yield membership

    async def user(self, userid: str) -> directory.User:
        """Return one staff account."""
        return await self.call(directory.GET_USER, directory.UserRequest(userid=userid))

    async def users(
        self, department_id: int, *, with_children: bool = False
    ) -> tuple[directory.User, ...]:
        """Return the staff accounts of a department, on request with all below it."""
        request = directory.UsersRequest(department_id=department_id, fetch_child=with_children)
        return (await self.call(directory.LIST_USERS, request)).userlist

    # customers

    async def follow_users(self) -> tuple[str, ...]:
        """Return the staff accounts that may have customers."""
        return (await self.call(contacts.LIST_FOLLOW_USERS, Nothing())).follow_user

    async def contact_ids(self, userid: str) -> tuple[str, ...]:
        """Return the customers of a staff account; none is an empty answer, not an error."""
        try:
            reply = await self.call(
                contacts.LIST_CONTACT_IDS, contacts.ContactIdsRequest(userid=userid)
            )
        except WeComError as error:
            if error.errcode == NO_RELATION:
                return ()
            raise
        return reply.external_userid

    async def contact(
        self, external_userid: str, *, patience: timedelta = PATIENCE
    ) -> contacts.ContactReply:
        """Return a customer with all staff accounts that have them, however many pages."""
        request = contacts.ContactRequest(external_userid=external_userid)
        first: contacts.ContactReply | None = None
        followers: list[contacts.FollowUser] = []
        async for page in self.pages(contacts.GET_CONTACT, request, patience=patience):
            first = first or page
            followers += page.follow_user
        assert first is not None  # noqa: S101  there is always a first page
        return replace(first, follow_user=tuple(followers), next_cursor="")

    async def contacts_of(
        self, userids: Sequence[str], *, cursor: str | None = None
    ) -> AsyncIterator[contacts.ContactsOfUsersReply]:
        """Yield pages of the customers of at most 100 staff accounts, from `cursor` on."""
        request = contacts.ContactsOfUsersRequest(
            userid_list=list(userids), limit=_USERS_PER_BATCH, cursor=cursor
        )
        try:
            async for page in self.pages(contacts.LIST_CONTACTS_OF_USERS, request):
                yield page
        except WeComError as error:
            if error.errcode != NO_RELATION:
                raise

    async def remark(self, request: contacts.RemarkRequest) -> None:
        """Note something about the customer of a staff account."""
        await self.call(contacts.REMARK_CONTACT, request)

    # tags

    async def corp_tags(self) -> tuple[tags.CorpTagGroup, ...]:
        """Return all groups of corp tags."""
        return (await self.call(tags.LIST_CORP_TAGS, tags.CorpTagsRequest())).tag_group

    async def add_corp_tags(self, group_name: str, names: Sequence[str]) -> tags.CorpTagGroup:
        """Create tags in the group of that name; the answer holds only those that are new."""
        request = tags.AddCorpTagRequest(
            group_name=group_name, tag=[tags.NewCorpTag(name=name) for name in names]
        )
        return (await self.call(tags.ADD_CORP_TAG, request)).tag_group

    async def mark_tags(
        self,
        userid: str,
        external_userid: str,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
    ) -> None:
        """Put corp tags on, or take them off, the customer of a staff account."""
        request = tags.MarkTagRequest(
            userid=userid,
            external_userid=external_userid,
            add_tag=list(add) or None,
            remove_tag=list(remove) or None,
        )
        await self.call(tags.MARK_TAG, request)

    # contact ways

    async def add_contact_way(
        self, request: contact_ways.AddContactWayRequest
    ) -> contact_ways.AddContactWayReply:
        """Make a contact way. After a `WeComUnreachable` with `sent` one may exist unknown."""
        return await self.call(contact_ways.ADD_CONTACT_WAY, request)

    async def contact_way(self, config_id: str) -> contact_ways.ContactWay:
        """Return a contact way as WeCom keeps it."""
        request = contact_ways.ContactWayRequest(config_id=config_id)
        return (await self.call(contact_ways.GET_CONTACT_WAY, request)).contact_way

    async def update_contact_way(self, request: contact_ways.UpdateContactWayRequest) -> None:
        """Change a contact way; what is left out stays."""
        await self.call(contact_ways.UPDATE_CONTACT_WAY, request)

    async def delete_contact_way(self, config_id: str) -> None:
        """End a contact way; its code stops working."""
        request = contact_ways.ContactWayRequest(config_id=config_id)
        await self.call(contact_ways.DELETE_CONTACT_WAY, request)

    async def contact_way_ids(self) -> AsyncIterator[str]:
        """Yield the ids of the contact ways of the last 90 days."""
        request = contact_ways.ContactWaysRequest(limit=_IDS_PER_PAGE)
        async for page in self.pages(contact_ways.LIST_CONTACT_WAYS, request):
            for way in page.contact_way:
                yield way.config_id

    # messages

    async def send_welcome(
        self,
        welcome_code: str,
        *,
        text: str = "",
        attachments: Sequence[Attachment] = (),
        patience: timedelta = PATIENCE,
    ) -> None:
        """Welcome a new customer; see `welcome.WelcomeRequest` for what the refusals mean."""
        request = welcome.WelcomeRequest(
            welcome_code=welcome_code,
            text=Text(content=text) if text else None,
            attachments=list(attachments) or None,
        )
        await self.call(welcome.SEND_WELCOME, request, patience=patience)

    async def notify(
        self, userids: Sequence[str], content: str | messages.TextCard
    ) -> messages.MessageReply:
        """Send a text or card of the application to at most 1,000 staff accounts."""
        receivers = "|".join(userids)
        if isinstance(content, str):
            text = messages.MessageText(content=content)
            request = messages.MessageRequest(
                agentid=self.app.agent_id, touser=receivers, msgtype="text", text=text
            )
        else:
            request = messages.MessageRequest(
                agentid=self.app.agent_id, touser=receivers, msgtype="textcard", textcard=content
            )
        return await self.call(messages.SEND_MESSAGE, request)

    # files

    async def upload_media(
        self, kind: str, filename: str, content: bytes
    ) -> media.UploadMediaReply:
        """Hand over an image, voice, video or file; its id works three days."""
        request = media.UploadMediaRequest(type=kind, filename=filename, content=content)
        return await self.call(media.UPLOAD_MEDIA, request)

    async def upload_image(self, filename: str, content: bytes) -> str:
        """Hand over a picture; returns its permanent address."""
        request = media.UploadImageRequest(filename=filename, content=content)
        return (await self.call(media.UPLOAD_IMAGE, request)).url


class WecomClients:
    """Finds the client of a tenant; the roof wires where credentials come from."""

    def __init__(self, gateway: WecomGateway, credentials: CredentialSource) -> None:
        self._gateway = gateway
        self._credentials = credentials

    async def of_tenant(self, tenant_id: int) -> WecomClient:
        """Return a client for the tenant's application."""
        return self.of_app(await self._credentials.app_credentials(tenant_id))

    def of_app(self, app: AppCredentials) -> WecomClient:
        """Return a client for credentials in hand, such as those being set up."""
        return WecomClient(self._gateway, app)
