"""Whatever a long job says of itself is said in English too."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
WORDS = ROOT / "web" / "console" / "modules" / "jobs" / "notes.ts"


def codes() -> set[str]:
    """Return the codes of all notes that stand in the code."""
    calls = (
        node
        for file in (ROOT / "src" / "siyu").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Note"
    )
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_note_has_its_english_and_none_is_left_over() -> None:
    said = WORDS.read_text().split("const ENGLISH")[1].split("\n};")[0]
    assert set(re.findall(r"^  (\w+): \(", said, re.MULTILINE)) == codes()
