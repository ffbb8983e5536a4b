"""The table of endpoints: each typed, documented, and known by method and path."""

from collections.abc import Mapping
from typing import Any, Final

from siyu.channels.wecom.endpoint import Endpoint
from siyu.channels.wecom.endpoints import (
    auth,
    contact_ways,
    contacts,
    directory,
    mass_messages,
    media,
    messages,
    moments,
    tags,
    welcome,
)

_MODULES: Final = (
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
)

TABLE: Final[Mapping[tuple[str, str], Endpoint[Any, Any]]] = {
    (endpoint.method, endpoint.path): endpoint
    for module in _MODULES
    for endpoint in vars(module).values()
    if isinstance(endpoint, Endpoint)
}
