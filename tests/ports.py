"""Ports of this machine for servers that tests start by number."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reserved_port() -> Iterator[int]:
    """Keep a port for a server that is told its number, before it starts and between its starts.

    The socket is bound and never listens: nobody who asks the system for any port gets this one,
    and a server that names it may bind it beside us, since both allow reuse, as servers do.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])
