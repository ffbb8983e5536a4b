from siyu.facts import catalogue
from siyu.facts.render import render as render_events
from siyu.insight.metrics import METRICS
from siyu.insight.metrics.render import render as render_metrics


def test_the_metrics_page_tells_every_figure():
    page = render_metrics()
    for metric in METRICS.values():
        assert f"`{metric.key}`" in page
        assert metric.definition in page


def test_the_events_page_tells_every_fact_and_property():
    page = render_events()
    for fact in catalogue().values():
        assert f"### `{fact.type}`" in page
        for field in fact.__struct_fields__:
            assert f"| `{field}` |" in page
    assert "| `by` | `customer`, `staff`, `transfer`, `unknown` |  |" in page
    assert "| `channel_id` | int | optional |" in page
