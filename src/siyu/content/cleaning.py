"""Making HTML from outside harmless: no scripts, no handlers, no foreign frames, no forms."""

import re
from typing import Final

import nh3

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS: Final = (
    *("p", "br", "hr", "div", "section", "article", "blockquote", "pre"),
    *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption"),
)
_WORDS: Final = (
    *("a", "img", "span", "strong", "em", "b", "i", "u", "s"),
    *("sub", "sup", "mark", "small", "code"),
)
_TABLES: Final = ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption")
TAGS: Final = frozenset((*_HEADINGS, *_BLOCKS, *_WORDS, *_TABLES))
ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": {"style"},
}
_STYLES: Final = frozenset(
    (
        *("color", "background-color", "line-height", "text-align", "text-decoration"),
        *("font-size", "font-weight", "font-style"),
    )
)
_SCHEMES: Final = frozenset({"http", "https", "tel", "mailto"})

_SPACES: Final = re.compile(r"\s+")


def clean_html(source: str) -> str:
    """Return `source` with only harmless tags, attributes and addresses left."""
    return nh3.clean(
        source,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        link_rel="noopener nofollow",
        filter_style_properties=set(_STYLES),
    ).strip()


def plain_text(source: str) -> str:
    """Return the words of an HTML text, for summaries and share cards."""
    # A tag parts words that stand in different blocks; cleaning alone would join them.
    spaced = re.sub(r"<(?=/?(?:p|br|h[1-6]|li|div|td|th|tr|blockquote)\b)", " <", source)
    return _SPACES.sub(" ", nh3.clean(spaced, tags=set(), link_rel=None)).strip()
