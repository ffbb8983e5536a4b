"""What is documented is what the code says."""

from pathlib import Path

from siyu import handbook
from siyu.sandbox.app import endpoints

DOCS = Path(__file__).parents[1] / "docs"
WORLD = {(one.method, one.path) for one in endpoints() if one.host == "wecom"}
PAGES = handbook.pages(WORLD, Path(__file__).with_name("proofs.tsv"))


def test_the_generated_pages_are_up_to_date():
    assert handbook.stale(DOCS, PAGES) == [], "run `siyu docs`"


def test_pages_are_written_once_and_then_left_alone(tmp_path):
    assert {page.name for page in handbook.write(tmp_path, PAGES)} == set(PAGES)
    assert handbook.write(tmp_path, PAGES) == []
    (tmp_path / "metrics.md").write_text("stale")
    assert handbook.stale(tmp_path, PAGES) == ["metrics.md"]
