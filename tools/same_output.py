"""Checks that a committed file is what a program prints: `same_output.py FILE PROGRAM ARGS…`."""

import difflib
import subprocess
import sys
from itertools import islice
from pathlib import Path


def main(file: str, *command: str) -> int:
    """Compare; on a difference its first lines and the remedy are printed."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        return done.returncode
    path = Path(file)
    kept = path.read_text() if path.exists() else ""
    if path.exists() and kept == done.stdout:
        return 0
    lines = difflib.unified_diff(kept.splitlines(), done.stdout.splitlines(), file, "now", n=1)
    print("\n".join(islice(lines, 40)))
    print(f"{file} is stale. Bring it up to date: {' '.join(command)} > {file}")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
