"""Browser windows that notice what a careful user would: errors in the console, failed requests."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    WebError,
    expect,
)

PATIENCE_MS = 120_000
"""Machines are slow; nothing here is about how fast siyu is."""
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

_FAILED = 400
_LEFT = "net::ERR_ABORTED"
"""What the browser says of a request whose page was left, such as the stream of events."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Eyes:
    """What went wrong in the windows of one person, and what was expected to."""

    expected: list[tuple[int, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Look at every page and frame of a context."""
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failure)

    def _forgives(self, url: str, status: int | None = None) -> bool:
        path = url.split("?", 1)[0]
        return any(
            status in {None, code} and re.search(pattern, path) for code, pattern in self.expected
        )

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        url = str(message.location.get("url", ""))
        # The browser notes each failed request too; those are judged by their status.
        if message.text.startswith("Failed to load resource") and self._forgives(url):
            return
        self.complaints.append(f"console {message.type}: {message.text} ({url})")

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")

    def _on_response(self, response: Response) -> None:
        if response.status >= _FAILED and not self._forgives(response.url, response.status):
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != _LEFT:
            self.complaints.append(f"{request.failure}: {request.method} {request.url}")


@asynccontextmanager
async def window(
    browser: Browser, size: dict[str, int], *expected: tuple[int, str]
) -> AsyncIterator[BrowserContext]:
    """Open a browser of somebody's own; when the block ends well, it must have been quiet."""
    phone = size == PHONE
    context = await browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        is_mobile=phone,
        has_touch=phone,
    )
    context.set_default_timeout(PATIENCE_MS)
    eyes = Eyes(list(expected))
    eyes.watch(context)
    try:
        yield context
    except BaseException:
        for number, page in enumerate(context.pages):
            await shot(page, f"failed-{number}")
        if eyes.complaints:
            print("\n".join(eyes.complaints))  # noqa: T201 - shown beside the failure
        raise
    else:
        assert eyes.complaints == []
    finally:
        await context.close()


async def shot(page: Page, name: str) -> None:
    """Keep a picture of the page, when somebody wants pictures; nothing may hang out of it."""
    folder = os.environ.get("SIYU_TEST_SHOTS")
    if folder:
        width = (page.viewport_size or {}).get("width", 0)
        target = Path(folder) / f"{name}-{width}.png"
        await page.screenshot(path=target, animations="disabled")


async def fits(page: Page) -> None:
    """Assert that the page needs no sideways scrolling."""
    wide = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{page.url} is {wide} px too wide"
