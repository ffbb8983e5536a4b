"""Pages of the documentation that are made from the code, so that they cannot disagree with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from siyu.facts.render import render as render_events
from siyu.insight.metrics.render import render as render_metrics

PAGES: Final[dict[str, Callable[[], str]]] = {
    "events.md": render_events,
    "metrics.md": render_metrics,
}


def write(folder: Path) -> list[Path]:
    """Write the pages anew; return those that changed."""
    changed = []
    for name in stale(folder):
        (folder / name).write_text(PAGES[name](), encoding="utf-8")
        changed.append(folder / name)
    return changed


def stale(folder: Path) -> list[str]:
    """Return the names of pages that are missing or no longer say what the code says."""
    return [
        name
        for name, render in PAGES.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != render()
    ]
