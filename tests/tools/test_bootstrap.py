"""What the bootstrap fetches, where it keeps it, and when it leaves things alone."""

import hashlib
import os
import threading
import zipfile
from pathlib import Path

import pytest

import bootstrap
import build_web
import fetch_uv
import gates
import places
from progress import Failed

TAG = "manylinux_2_17_x86_64.manylinux2014_x86_64"
WHEEL = f"uv-{fetch_uv.VERSION}-py3-none-{TAG}.whl"


def silent(text: str) -> None:
    assert text


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index of files, whose uv is a small script."""
    index = tmp_path / "index"
    (index / "uv" / "files").mkdir(parents=True)
    wheel = index / "uv" / "files" / WHEEL
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"uv-{fetch_uv.VERSION}.data/scripts/uv", "#!/bin/sh\necho uv\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    monkeypatch.setattr(fetch_uv, "_wheel", lambda: (TAG, digest))
    monkeypatch.setattr(fetch_uv, "_by_pip", _no_pip)
    page = tmp_path / "page.html"
    page.write_text(f'<a href="{wheel.as_uri()}#sha256={digest}">{WHEEL}</a>')
    monkeypatch.setattr(fetch_uv, "_open", _opener(page, fetch_uv._open))
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple/")
    return index


def _no_pip(*_: object) -> None:
    raise OSError("no pip")


def _opener(page: Path, original: object) -> object:
    def open_(address: str, accept: str = "") -> object:
        if address == "https://index.example/simple/uv/":
            address = page.as_uri()
        return original(address, accept)  # type: ignore[operator]

    return open_


@pytest.mark.usefixtures("index")
def test_uv_comes_from_the_index_the_user_chose(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    program = fetch_uv.fetch(tools, silent)
    assert program == fetch_uv.place(tools)
    assert os.access(program, os.X_OK)
    assert list(tools.iterdir()) == [program.parent]


def test_a_changed_wheel_is_refused(index: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(index / "uv" / "files" / WHEEL, "a") as archive:
        archive.writestr("more", "harm")
    with pytest.raises(Failed, match="sha256"):
        fetch_uv.fetch(tmp_path, silent)
    assert not fetch_uv.place(tmp_path).exists()


def test_a_failure_names_the_index_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:secret@127.0.0.1:1/simple")
    monkeypatch.setattr(fetch_uv, "_by_pip", _no_pip)
    with pytest.raises(Failed, match=r"127\.0\.0\.1:1") as caught:
        fetch_uv.fetch(tmp_path, silent)
    assert "secret" not in str(caught.value)


def test_the_index_of_pip_is_honoured_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    config = tmp_path / ".config" / "pip" / "pip.conf"
    config.parent.mkdir(parents=True)
    config.write_text("[global]\nindex-url = https://a.example/simple/\ncert = 100%\n")
    assert fetch_uv.custom_index() == "https://a.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://b.example/simple")
    assert fetch_uv.custom_index() == "https://b.example/simple"


def test_json_and_html_pages_of_an_index_are_both_read() -> None:
    assert fetch_uv._links_of_json('{"files": [{"filename": "a.whl", "url": "../a.whl"}]}') == {
        "a.whl": "../a.whl"
    }
    html = "<a class=x data-y='1' href='../../p%2Bq/a.whl?t=1&amp;u=2#sha256=0'>a.whl</a>"
    assert list(fetch_uv._links_of_html(html.replace("?t=1&amp;u=2", ""))) == ["a.whl"]


def test_a_mirror_follows_its_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone, project = tmp_path / "clone", tmp_path / "project"
    for name in ("src/a.py", "src/b.py", "web/node_modules/x.js", ".git/HEAD"):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text(name)
    (clone / "src" / "a.py").chmod(0o444)
    monkeypatch.setattr(places, "CLONE", clone)
    target = places.Places(project)
    places.mirror(target)
    (clone / "src" / "b.py").unlink()
    (clone / "src" / "a.py").chmod(0o644)
    (clone / "src" / "a.py").write_text("changed")
    places.mirror(target)
    found = sorted(path.relative_to(project) for path in project.rglob("*") if path.is_file())
    assert found == [Path("src/a.py")]
    assert (project / "src" / "a.py").read_text() == "changed"


def test_without_any_writable_place_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_writable", lambda _: False)
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    with pytest.raises(Failed, match="HOME"):
        places.find()


def test_a_second_bootstrap_waits_for_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = places.Places(tmp_path)
    order: list[str] = []

    def second() -> None:
        with places.alone(here):
            order.append("second")

    thread = threading.Thread(target=second)
    with places.alone(here):
        thread.start()
        while "waiting" not in capsys.readouterr().err:
            pass
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A project with pages, whose npm only notes what it is asked and copies one file."""
    asked: list[tuple[str, ...]] = []

    def npm(here: places.Places, *arguments: str, extra: dict[str, str] | None = None) -> None:
        asked.append(arguments)
        if extra:
            text = (here.project / "web" / "index.html").read_text()
            (Path(extra["SIYU_WEB_OUT"]) / "index.html").write_text(text)
        else:
            (here.project / "web" / "node_modules").mkdir(exist_ok=True)

    monkeypatch.setattr(build_web.node, "run", npm)
    monkeypatch.setattr(build_web.node, "version", lambda _: "24.0.0")
    for name in ("index.html", "package.json", "package-lock.json"):
        (tmp_path / "web").mkdir(exist_ok=True)
        (tmp_path / "web" / name).write_text("first")
    (tmp_path / "src" / "siyu").mkdir(parents=True)
    (tmp_path / ".siyu-tools").mkdir()
    return asked


def test_pages_are_built_once_and_again_when_a_source_says_something_else(
    site: list[tuple[str, ...]], tmp_path: Path
) -> None:
    here = places.Places(tmp_path)
    page, source = tmp_path / "src/siyu/static/index.html", tmp_path / "web/index.html"
    build_web.build(here)
    assert [words[0] for words in site] == ["ci", "run"]
    os.utime(source, ns=(1, 1))  # touched, not changed
    build_web.build(here)
    assert len(site) == 2
    source.write_text("second")
    build_web.build(here)
    assert [words[0] for words in site] == ["ci", "run", "run"]
    assert page.read_text() == "second"


@pytest.mark.usefixtures("site")
def test_a_failed_build_leaves_the_pages_that_were_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = places.Places(tmp_path)
    build_web.build(here)
    (tmp_path / "web" / "index.html").write_text("broken")

    def fails(*_: object, **__: object) -> None:
        raise Failed("no")

    monkeypatch.setattr(build_web.node, "run", fails)
    with pytest.raises(Failed):
        build_web.build(here)
    assert (tmp_path / "src/siyu/static/index.html").read_text() == "first"


def test_the_last_line_counts_errors_as_failures(tmp_path: Path) -> None:
    report = tmp_path / "tests.xml"
    report.write_text(
        '<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>'
    )
    assert gates._counts(report) == "4 passed, 3 failed, 3 skipped"
    assert "did not finish" in gates._counts(tmp_path / "none.xml")


def test_compiled_modules_are_kept_aside_where_the_machine_wants_none_beside_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = {"PYTHONDONTWRITEBYTECODE": "1"}
    monkeypatch.setattr(bootstrap.os, "environ", variables)
    bootstrap._keep_bytecode(places.Places(tmp_path))
    assert variables == {"PYTHONPYCACHEPREFIX": str(tmp_path / ".siyu-tools" / "bytecode")}
