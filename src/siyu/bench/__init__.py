"""Benchmarks: figures beside a limit measured in the same run, never a verdict."""
