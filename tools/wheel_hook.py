"""The build hook of wheels: a wheel carries the built pages.

Not for editable installs: there `./siyu` builds the pages itself, where one can see it work.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import (  # type: ignore[import-not-found]
    BuildHookInterface,
)


class PagesHook(BuildHookInterface):  # type: ignore[misc]
    """Build the pages before they are packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Bring the pages up to date; only when their sources changed is Node.js needed."""
        if version != "standard":
            return
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import build_web  # noqa: PLC0415 -- found on the path made above

        if build_web.main() != 0:
            raise RuntimeError(
                "the pages could not be built; run `./siyu serve` once, it fetches Node.js"
            )
