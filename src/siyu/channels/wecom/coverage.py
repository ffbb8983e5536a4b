"""The page of endpoints: what is typed how, what the simulated world answers, what tests prove."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from siyu.channels.wecom.catalogue import PREFIX
from siyu.channels.wecom.endpoint import Endpoint
from siyu.channels.wecom.endpoints import TABLE, find, known

Key = tuple[str, str]
"""Method and path."""

_WITH_CLIENT: Final = "tests/channels/"
_WITH_WORLD: Final = "tests/conformance/"
# typed and callable, with no claim that they work: nobody here can try them
_SEAMS: Final = (
    "externalcontact/customer_strategy/",
    "externalcontact/moment_strategy/",
    "externalcontact/add_strategy_tag",
    "externalcontact/del_strategy_tag",
    "externalcontact/edit_strategy_tag",
    "externalcontact/get_strategy_tag",
    "externalcontact/add_product_album",
    "externalcontact/delete_product_album",
    "externalcontact/get_product_album",
    "externalcontact/update_product_album",
    "externalcontact/add_intercept_rule",
    "externalcontact/del_intercept_rule",
    "externalcontact/get_intercept_rule",
    "externalcontact/update_intercept_rule",
    "externalcontact/close_temp_chat",
    "externalpay/",
    "kf/knowledge/",
    "miniapppay/",
    "paytool/",
    "service/",
)
_HEAD: Final = """# Endpoints of WeCom

Made by `siyu docs` from the code; do not edit. How to call them: [wecom-gateway.md](wecom-gateway.md).

* **typed**: `class` has classes of its own in `siyu.channels.wecom.endpoints`, with WeCom's limits; `catalogue` is compiled from `siyu/channels/wecom/catalogue.tsv` when first used.
* **client**: a test of the client got a good answer of the documented shape and read it.
* **world**: the simulated world has the endpoint.
* **both**: a conformance test called it, client against world, over HTTP, and got a good answer.
* **unproven**: typed and callable, and no more is claimed: strategies, albums, sensitive-word rules, temporary chats, knowledge base, bills and transfers of money, suites and provider-built apps.

The columns *client* and *both* come from `tests/proofs.tsv`, to which every run of the tests is held (`tests/proofs.py`). Nothing here has been tried on a real corporation.

"""  # noqa: E501 - the page's own lines


_TABLE_HEAD: Final = """| endpoint | document | typed | client | world | both | |
|---|---|---|---|---|---|---|
"""


class Proofs(NamedTuple):
    """The endpoints that tests prove."""

    client: frozenset[Key]
    both: frozenset[Key]

    @classmethod
    def read(cls, file: Path) -> "Proofs":
        """Return what the notes of the tests say; raises `FileNotFoundError`."""
        notes = [line.split("\t") for line in file.read_text("utf-8").splitlines()]

        def of(folder: str) -> frozenset[Key]:
            return frozenset((m, path) for m, path, test in notes if test.startswith(folder))

        return cls(of(_WITH_CLIENT), of(_WITH_WORLD))


def render(world: Collection[Key], proofs: Proofs) -> str:
    """Return the page; `world` holds the endpoints of the simulated world."""
    order = sorted(known(), key=lambda key: (_domain(key[1]), key[1], key[0]))
    rows = {key: find(*key) for key in order}
    columns = {
        "endpoints": rows.keys(),
        "with classes": TABLE.keys(),
        "client": rows.keys() & proofs.client,
        "world": rows.keys() & set(world),
        "both": rows.keys() & proofs.both,
    }
    head = " | ".join(columns)
    counts = " | ".join(str(len(keys)) for keys in columns.values())
    summary = f"| {head} |\n|{'---|' * len(columns)}\n| {counts} |\n"
    return _HEAD + summary + "".join(_sections(rows, set(world), proofs))


def _sections(
    rows: Mapping[Key, Endpoint[Any, Any] | None], world: Collection[Key], proofs: Proofs
) -> Iterator[str]:
    for domain, keys in groupby(rows, key=lambda key: _domain(key[1])):
        yield f"\n## {domain}\n\n"
        yield _TABLE_HEAD
        for key in keys:
            endpoint = rows[key]
            assert endpoint is not None  # noqa: S101  it is known
            method, path = key
            cells = (
                f"`{method} {path.removeprefix(PREFIX)}`",
                f"[{endpoint.doc}]({endpoint.documentation})" if endpoint.doc else "",
                "catalogue" if endpoint.listed else "class",
                _tick(key in proofs.client),
                _tick(key in world),
                _tick(key in proofs.both),
                "unproven" if path.removeprefix(PREFIX).startswith(_SEAMS) else "",
            )
            yield f"| {' | '.join(cells)} |\n"


def _domain(path: str) -> str:
    first, _, rest = path.removeprefix(PREFIX).partition("/")
    return first if rest else "general"


def _tick(yes: bool) -> str:
    return "✓" if yes else ""
