"""`python -m siyu.core.analytics`: how a parent starts the engine's process."""

from siyu.core.analytics.server import main

main()
