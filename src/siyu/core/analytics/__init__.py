"""The analytics engine: its process, the client everyone asks it with, its tables, its feeder.

One language, ClickHouse SQL, and one protocol, ClickHouse's HTTP interface. Embedded,
a child process owns chdb and speaks that protocol on the loopback interface; with
`SIYU_CLICKHOUSE_URL` a real server or cluster stands in its place and nothing else changes.
"""

from siyu.core.analytics.client import (
    Analytics,
    AnalyticsError,
    AnalyticsSilent,
    AnalyticsTooHeavy,
    AnalyticsUnavailable,
    Rows,
)
from siyu.core.analytics.process import EngineProcess

__all__ = [
    "Analytics",
    "AnalyticsError",
    "AnalyticsSilent",
    "AnalyticsTooHeavy",
    "AnalyticsUnavailable",
    "EngineProcess",
    "Rows",
]
