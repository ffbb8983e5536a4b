"""Pages of the documentation that are made from the code, so that they cannot disagree with it."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

from siyu.channels.wecom.coverage import Key, Proofs
from siyu.channels.wecom.coverage import render as render_endpoints
from siyu.facts.render import render as render_events
from siyu.insight.metrics.render import render as render_metrics

Pages = Mapping[str, Callable[[], str]]


def pages(world: Collection[Key], proofs: Path) -> Pages:
    """Return each page's name and how it is made.

    `world` holds the endpoints of the simulated world, `proofs` is the file of what tests prove.
    """
    return {
        "events.md": render_events,
        "metrics.md": render_metrics,
        "wecom-endpoints.md": partial(render_endpoints, world, Proofs.read(proofs)),
    }


def write(folder: Path, made: Pages) -> list[Path]:
    """Write the pages anew; return those that changed."""
    changed = []
    for name in stale(folder, made):
        (folder / name).write_text(made[name](), encoding="utf-8")
        changed.append(folder / name)
    return changed


def stale(folder: Path, made: Pages) -> list[str]:
    """Return the names of pages that are missing or no longer say what the code says."""
    return [
        name
        for name, render in made.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != render()
    ]
