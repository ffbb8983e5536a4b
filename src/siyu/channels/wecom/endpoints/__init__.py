"""The table of endpoints: each typed, documented, and known by method and path."""

from collections.abc import Mapping
from typing import Any, Final

from siyu.channels.wecom import catalogue
from siyu.channels.wecom.endpoint import Endpoint
from siyu.channels.wecom.endpoints import (
    acquisition,
    app_chats,
    archive,
    auth,
    contact_ways,
    contacts,
    directory,
    directory_changes,
    group_welcomes,
    groups,
    identities,
    join_ways,
    licences,
    mass_messages,
    media,
    messages,
    moments,
    service_accounts,
    service_messages,
    tags,
    transfers,
    welcome,
)

_MODULES: Final = (
    licences,
    directory_changes,
    identities,
    app_chats,
    acquisition,
    auth,
    directory,
    contacts,
    tags,
    contact_ways,
    welcome,
    media,
    messages,
    mass_messages,
    moments,
    groups,
    join_ways,
    group_welcomes,
    transfers,
    service_accounts,
    service_messages,
    archive,
)

TABLE: Final[Mapping[tuple[str, str], Endpoint[Any, Any]]] = {
    (endpoint.method, endpoint.path): endpoint
    for module in _MODULES
    for endpoint in vars(module).values()
    if isinstance(endpoint, Endpoint)
}


def find(method: str, path: str) -> Endpoint[Any, Any] | None:
    """Return the endpoint of a method and a path such as ``/cgi-bin/user/get``; None if unknown.

    A row with classes of its own comes before that of the catalogue.
    """
    return TABLE.get((method, path)) or catalogue.listed(method, path)


def known() -> list[tuple[str, str]]:
    """Return the method and path of every endpoint there is, by path."""
    return sorted(TABLE.keys() | catalogue.rows().keys(), key=lambda key: key[::-1])
