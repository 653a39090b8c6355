"""How the cells of a column are written, seen in many of them at once."""

from collections.abc import Sequence
from dataclasses import replace

from tryggve.domains.customers.engine.columns import content_shapes, heading_meaning
from tryggve.domains.customers.engine.columns.content_columns import Content, contents_of
from tryggve.domains.customers.engine.columns.headings import Column, Habit
from tryggve.domains.customers.engine.columns.name_order import is_family_first
from tryggve.domains.customers.engine.table import Row

_WITH_HABITS = frozenset({"name", "phone", None})


def with_habits(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """The same columns, each with the habit that its heading or its cells in those rows show."""
    wanted = {column.index for column in columns if column.field in _WITH_HABITS}
    contents = {content.index: content for content in contents_of(rows, wanted)}
    return tuple(
        replace(column, habit=_habit(column, contents[column.index])) if column.index in contents else column
        for column in columns
    )


def _habit(column: Column, content: Content) -> Habit:
    if column.field == "name":
        is_said = heading_meaning.is_family_name_first(column.written)
        return "family_first" if is_said or is_family_first(content.cells) else ""
    if column.field == "phone":
        return "leading_zero" if _has_leading_zeros(content.cells) else ""
    is_said = heading_meaning.is_date(column.written)
    return "date" if is_said or content.share(content_shapes.is_date) > 0.5 else ""


def _has_leading_zeros(cells: Sequence[str]) -> bool:
    """Whether a zero begins at least two of the numbers, and at least half of those written without a plus."""
    begun = [
        digits for cell in cells if (digits := cell.lstrip("('=\"")) and not digits.startswith(("+", "00"))
    ]
    zeros = sum(1 for digits in begun if digits.startswith("0"))
    return zeros > 1 and 2 * zeros >= len(begun)
