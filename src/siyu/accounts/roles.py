"""What each role may do. The data scope (whose customers one sees) is a separate matter."""

from typing import Final

_STAFF: Final = frozenset(
    {
        "share",
        "customers.read",
        "customers.tag",
        "customers.note",
        "materials.read",
        "tags.read",
        "live_codes.read",
    }
)
_MANAGER: Final = _STAFF | {
    "home.read",
    "insight.read",
    "channels.read",
    "orders.read",
    "customers.write",
    "tags.write",
    "audiences.read",
    "churn.read",
}
_PLANNER: Final = _MANAGER | {
    "live_codes.write",
    "channels.write",
    "materials.write",
    "orders.write",
    "audiences.write",
    "churn.write",
    "customers.import",
    "jobs.read",
}
_ADMIN: Final = _PLANNER | {
    "settings.read",
    "settings.write",
    "staff.write",
    "audit.read",
    "jobs.write",
    "fields.write",
    "customers.export",
    "phones.read",
    "privacy.write",
}

PERMISSIONS: Final[dict[str, frozenset[str]]] = {
    "staff": _STAFF,
    "manager": _MANAGER,
    "planner": _PLANNER,
    "admin": _ADMIN,
}

DEFAULT_SCOPE: Final[dict[str, str]] = {
    "staff": "self",
    "manager": "department",
    "planner": "all",
    "admin": "all",
}

ALL_PERMISSIONS: Final = _ADMIN
