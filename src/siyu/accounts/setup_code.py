"""The code that proves, to the first visitor, access to the machine siyu runs on."""

import os
import secrets
from pathlib import Path


def setup_code(data_dir: Path) -> str:
    """Return the installation's set-up code, made on first use in a file only its user reads."""
    file = data_dir / "keys" / "setup-code"
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as stream:
        code = secrets.token_hex(8)
        stream.write(code)
    return code
