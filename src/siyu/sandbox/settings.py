"""What the simulated world needs to know before it starts."""

from dataclasses import dataclass, field
from pathlib import Path

_STATIC = Path(__file__).parent.parent / "static" / "world"


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """Where the world listens, where it remembers, and from what it grows.

    ``database_url`` is a SQLAlchemy address (``postgresql+asyncpg://…``) of the world's own
    database, made at start when the server lets us. ``base_url`` is the address under which
    others reach the world; it appears in codes, pictures and links. ``seed`` decides the first
    population, its secrets and every later choice of chance.
    """

    database_url: str
    host: str = "127.0.0.1"
    port: int = 8100
    base_url: str = "http://world.siyu.localhost:8100"
    seed: int = 2026
    customers: int = 300
    static_dir: Path = field(default=_STATIC)
