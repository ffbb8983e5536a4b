"""Logs: one line an event, structured, without personal data."""

import logging
import sys
import traceback
from typing import Final

import structlog

from siyu.core.settings import Settings
from siyu.core.tracing import place

_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def configure_logs(settings: Settings) -> None:
    """Set up logs for this process; libraries' own lines take the same shape."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.processors.ExceptionRenderer(_wordless), renderer],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[settings.log_level]),
        # What a command prints is for who called it: a log line amid its JSON would spoil it.
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=renderer)
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(_LEVELS[settings.log_level], logging.WARNING))


def _wordless(exc_info: structlog.typing.ExcInfo) -> str:
    """Return a traceback without what errors say: a database repeats values, perhaps personal."""
    lines = traceback.format_tb(exc_info[2])
    error: BaseException | None = exc_info[1]
    while error is not None:
        lines.append(f"{place(error)}\n")
        error = error.__cause__ or error.__context__
    return "".join(lines).rstrip()
