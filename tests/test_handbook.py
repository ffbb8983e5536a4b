"""What is documented is what the code says."""

from pathlib import Path

from siyu import handbook

DOCS = Path(__file__).parents[1] / "docs"


def test_the_generated_pages_are_up_to_date():
    assert handbook.stale(DOCS) == [], "run `siyu docs`"


def test_pages_are_written_once_and_then_left_alone(tmp_path):
    assert {page.name for page in handbook.write(tmp_path)} == set(handbook.PAGES)
    assert handbook.write(tmp_path) == []
    (tmp_path / "metrics.md").write_text("stale")
    assert handbook.stale(tmp_path) == ["metrics.md"]
