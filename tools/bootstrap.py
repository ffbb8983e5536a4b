"""Prepares a clone and hands over to siyu: `./siyu ARGUMENTS`.

Standard library only, for it runs before anything is installed. What it prepares is stamped, so
that a second start does nothing but look.
"""

import os
import sys

import environment
from places import CLONE, Places, alone, find, mirror
from progress import Failed, say

_NEED_PAGES = {"bench", "demo", "sandbox", "serve", "test", "web"}
_NEED_GROUPS = {"test": {"dev"}}


def main(arguments: list[str]) -> int:
    """Prepare, then become siyu; returns an exit code only when that cannot be done."""
    command = next((word for word in arguments if not word.startswith("-")), "")
    asks_for_help = bool({"-h", "--help"} & set(arguments))
    pages = command in _NEED_PAGES and not asks_for_help
    try:
        places = find()
        with alone(places):
            mirror(places)
            groups = _NEED_GROUPS.get(command, set()) | ({"web"} if pages else set())
            environment.prepare(places, groups)
            if pages:
                import build_web  # noqa: PLC0415 -- not needed by every start

                build_web.build(places)
    except Failed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return _become(places, command, arguments)


def _become(places: Places, command: str, arguments: list[str]) -> int:
    if places.project != CLONE:
        say(
            f"只读的源码目录,运行于 {places.project}",
            f"read-only clone, running from {places.project}",
        )
    if not os.environ.get("SIYU_DATA_DIR"):
        os.environ["SIYU_DATA_DIR"] = str(places.project / ".siyu")
    _keep_bytecode(places)
    sys.stdout.flush()
    sys.stderr.flush()
    if command == "test":
        script = str(places.project / "tools" / "gates.py")
        rest = arguments[arguments.index("test") + 1 :]
        os.execv(places.python, [str(places.python), script, *rest])  # noqa: S606
    program = str(places.venv / "bin" / "siyu")
    os.execv(program, [program, *arguments])  # noqa: S606 -- we become siyu itself


def _keep_bytecode(places: Places) -> None:
    """Let compiled modules lie in a folder of ours where the machine wants none beside sources.

    Else each of siyu's processes would compile everything anew, which takes longer than starting.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(places.tools / "bytecode")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
