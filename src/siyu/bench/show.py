"""How figures are shown."""

import sys
from collections.abc import Mapping
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table


def show(figures: Mapping[str, Any], *, as_json: bool) -> None:
    """Print figures as one JSON object, or as a table for people."""
    if as_json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
        return
    table = Table(show_header=False)
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)
