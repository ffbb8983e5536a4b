"""Processes that can be killed and are back at once: all imports are done before the fork."""

import multiprocessing
from multiprocessing import forkserver

import pytest


@pytest.fixture(scope="session", autouse=True)
def nursery() -> None:
    """The process from which web, worker and others are forked."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "siyu.processes", "siyu.bench.labour"])
    forkserver.ensure_running()
