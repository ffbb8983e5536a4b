"""What is answered when a selection was used for something else already."""

from siyu.core.errors import Conflict


def selection_used() -> Conflict:
    """Return the refusal: a selection is used for one thing, which may be asked for again."""
    return Conflict("selection_used", "这份选中的名单已经用于另一项操作，请重新选择")
