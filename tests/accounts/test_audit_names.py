"""Every deed that the audit log can hold has a name in both languages of the console."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from siyu.accounts.roles import ALL_PERMISSIONS

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "web" / "console" / "modules" / "audit" / "words.ts"
DEED = re.compile(r"^[a-z_]+\.[a-z_]+$")


def texts(node: ast.AST) -> set[str]:
    """Return the texts that stand anywhere in a piece of code."""
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Yield the modules of siyu."""
    for file in (ROOT / "src" / "siyu").rglob("*.py"):
        yield file, ast.parse(file.read_text())


def records(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield where a module writes to the audit log."""
    imported = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "siyu.accounts.audit"
        and any(name.name == "record" for name in node.names)
        for node in tree.body
    )
    for node in ast.walk(tree) if imported else ():
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "record":
            yield node


def written(argument: int) -> set[str]:
    """Return what the code writes in one place of `record`: 1 the deed, 2 what it is done to.

    Where a variable stands there, it may be any text of its module that looks like a deed.
    """
    found: set[str] = set()
    for file, tree in modules():
        for call in records(tree):
            said = call.args[argument]
            if isinstance(said, ast.Constant):
                found.add(said.value)
            elif argument == 1:
                among = {text for text in texts(tree) if DEED.match(text)} - ALL_PERMISSIONS
                assert among, f"{file}:{call.lineno} writes what cannot be read from the code"
                found |= among
    return found


def named(language: str, group: str) -> dict[str, str]:
    """Return the names of a group in a language, as the console has them."""
    of_language = WORDS.read_text().split(f"  {language}: {{")[1].split("\n  },")[0]
    block = of_language.split(f"{group}: {{")[1].split("} as Names")[0]
    return dict(re.findall(r'"?([\w.]+)"?: "([^"]+)"', block))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("group", "argument"), [("actions", 1), ("targets", 2)])
def test_whatever_is_written_has_a_name(language, group, argument):
    names, deeds = named(language, group), written(argument)
    assert deeds - names.keys() == set()
    assert len(set(names.values())) == len(names), "two deeds by one name"
    if language == "zh":
        assert [name for name in names.values() if not re.search("[一-鿿]", name)] == []


def test_no_name_is_left_of_a_deed_that_went():
    for language in ("zh", "en"):
        assert named(language, "actions").keys() - written(1) == set()


def test_what_was_different_is_told_in_words():
    told = {
        keyword.arg
        for _, tree in modules()
        for call in records(tree)
        for keyword in call.keywords
        if keyword.arg is not None
    }
    assert told - named("zh", "details").keys() == set()
