"""What a planner sets up before the first customer comes: stages, and what is worth noting."""

from typing import Any, Final

from siyu.demo.api import Site

_FIELDS: Final[tuple[dict[str, Any], ...]] = (
    {"key": "baby_birthday", "name": "宝宝生日", "kind": "date", "hint": "预产期也可以"},
    {
        "key": "feeding",
        "name": "喂养方式",
        "kind": "choice",
        "options": [{"name": name} for name in ("母乳", "混合", "奶粉")],
    },
)


async def furnish(console: Site) -> None:
    """Make the usual stages and the shop's own fields, as far as they are missing."""
    await console.post("/api/stages/usual")
    known = {field["key"] for field in (await console.get("/api/fields"))["items"]}
    for field in _FIELDS:
        if field["key"] not in known:
            await console.post("/api/fields", field)
