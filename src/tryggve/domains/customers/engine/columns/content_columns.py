"""Columns recognised by what stands in them: a list without headings, and columns whose heading says nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tryggve.domains.customers.engine.columns import content_shapes as shapes
from tryggve.domains.customers.engine.columns.heading_meaning import is_kind
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.columns.headings import Column, columns_of, with_fields
from tryggve.domains.customers.engine.columns.skipping import is_total, says_nothing
from tryggve.domains.customers.engine.table import Row
from tryggve.domains.customers.engine.values.organisation_names import is_organisation
from tryggve.domains.customers.engine.values.phones import Country

_READ_ROWS = 1_000
_FEWEST_CERTAIN = 3
# More of a cell tells nothing, and takes time.
_LONGEST = 200
_MOST, _MORE_THAN_HALF, _SOME = 0.8, 0.6, 0.2
_OWN = 0.5
_FAMILY_ENDINGS = (
    "son", "sen", "berg", "gren", "ström", "strøm", "qvist", "kvist", "lund", "nen", "dahl", "dal", "man", "mann",
    "borg", "sjö", "stad", "gaard", "gård", "by", "vik", "blad", "haug",
)  # fmt: skip

Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Content:
    """The filled cells of one column, as far as they are read."""

    index: int
    cells: tuple[str, ...]

    def share(self, fits: Test) -> float:
        """How much of the column fits, from 0 to 1."""
        return sum(map(fits, self.cells)) / len(self.cells) if self.cells else 0.0

    @property
    def distinct(self) -> float:
        return len(set(self.cells)) / len(self.cells) if self.cells else 0.0

    @property
    def is_counted_up(self) -> bool:
        """Whether the column only numbers the rows."""
        numbers = [int(cell) for cell in self.cells if cell.isascii() and cell.isdecimal()]
        return len(numbers) > 2 and all(a < b for a, b in pairwise(numbers))


def columns_from_content(rows: Sequence[Row], country: Country) -> tuple[Column, ...]:
    """A column for each place in the rows, with the field that its content shows, if any does.

    Headings of languages that are not known here are content like any other; titles and totals are none.
    """
    width = max((len(row.cells) for row in rows), default=0)
    body = [row for row in rows[:_READ_ROWS] if _is_of_list(row.cells, width)]
    contents = contents_of(body or rows, width=width)
    fields = _Recognition(contents, country).fields()
    columns = with_fields(columns_of([""] * len(contents)), fields)
    return tuple(
        replace(column, is_identity_number=column.field is None and _holds_numbers(content, country))
        for column, content in zip(columns, contents, strict=True)
    )


def _is_of_list(cells: Sequence[str], width: int) -> bool:
    return (sum(1 for cell in cells if cell.strip()) > 1 or width == 1) and not is_total(cells, {})


def _holds_numbers(content: Content, country: Country) -> bool:
    """Whether some are surely identity numbers, or several cells and all of them may be."""
    if content.share(lambda cell: shapes.is_identity_number(cell, country)) >= _SOME:
        return True
    return len(content.cells) > 1 and all(
        shapes.may_be_identity_number(cell, country) for cell in content.cells
    )


def with_certain_content(
    columns: Sequence[Column], rows: Sequence[Row], country: Country
) -> tuple[Column, ...]:
    """The same columns, those without a field recognised where every cell says the same.

    Only for e-mail addresses, nearly all different (a salesperson's stands on many rows), and identity numbers.
    """
    unknown = {column.index for column in columns if column.field is None and not column.is_identity_number}
    contents = {content.index: content for content in contents_of(rows, unknown)} if unknown else {}
    return tuple(_certain(column, contents.get(column.index), rows, country) for column in columns)


def _certain(column: Column, content: Content | None, rows: Sequence[Row], country: Country) -> Column:
    cells = [cell for cell in content.cells if cell != column.written.strip()] if content else []
    if len(cells) < _FEWEST_CERTAIN:
        return column
    if all(map(shapes.is_email, cells)) and len(set(cells)) >= _MOST * len(cells):
        is_all = all(map(shapes.is_email, _all_cells(column, rows)))
        return replace(column, field="email") if is_all else column
    is_number = all(shapes.is_identity_number(cell, country) for cell in cells)
    return replace(column, is_identity_number=is_number)


def _all_cells(column: Column, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        cell = row.cells[column.index].strip() if column.index < len(row.cells) else ""
        if cell and cell != column.written.strip():
            yield cell


def contents_of(
    rows: Sequence[Row], only: set[int] | None = None, *, width: int | None = None
) -> list[Content]:
    """What stands in each column, or in those at the given places, in the first rows; words for nothing left out."""
    width = max((len(row.cells) for row in rows), default=0) if width is None else width
    wanted = range(width) if only is None else sorted(place for place in only if place < width)
    read = [row.cells for row in rows[:_READ_ROWS]]
    return [Content(place, tuple(_filled(read, place))) for place in wanted]


def _filled(rows: Sequence[Sequence[str]], place: int) -> Iterator[str]:
    for cells in rows:
        cell = cells[place].strip() if place < len(cells) else ""
        if cell and not says_nothing(cell):
            yield cell[:_LONGEST]


class _Recognition:
    """Fields go to the columns that show them surest; each column has one at most."""

    def __init__(self, contents: Sequence[Content], country: Country) -> None:
        self._free = {content.index: content for content in contents if content.cells}
        self._country = country
        self._fields: dict[int, Field | None] = {}

    def fields(self) -> dict[int, Field | None]:
        """The field of each column that shows one."""
        country = self._country
        self._emails()
        # No field takes these: above all, no identity number may become a telephone number.
        self._set_apart([content for content in self._free.values() if _holds_numbers(content, country)])
        self._take_all("phone", lambda cell: shapes.is_phone_number(cell, country))
        self._take_all("postcode_city", lambda cell: shapes.is_postcode_and_town(cell, country))
        self._postcodes()
        self._take_all("street", shapes.is_street, _MORE_THAN_HALF)
        self._take_all("country", shapes.is_country)
        self._take_all("kind", is_kind)
        self._names()
        return self._fields

    def _take(self, index: int, field: Field) -> None:
        self._fields[index] = field
        del self._free[index]

    def _fitting(self, fits: Test, least: float = _MOST) -> list[Content]:
        return [content for content in self._free.values() if content.share(fits) >= least]

    def _take_all(self, field: Field, fits: Test, least: float = _MOST) -> None:
        for content in self._fitting(fits, least):
            self._take(content.index, field)

    def _set_apart(self, contents: Sequence[Content]) -> None:
        for content in contents:
            del self._free[content.index]

    def _emails(self) -> None:
        found = self._fitting(shapes.is_email)
        own = [content for content in found if content.distinct > _OWN] or found[:1]
        for content in own:
            self._take(content.index, "email")
        self._set_apart([content for content in found if content not in own])

    def _postcodes(self) -> None:
        """A postcode stands beside a town, a street by them or the towns again and again; alone it may be anything."""
        streets = {content.index for content in self._fitting(shapes.is_street, _MORE_THAN_HALF)}
        pairs = list(self._postcodes_and_towns())
        by_streets = [pair for pair in pairs if streets & {place for one in pair for place in _around(one)}]
        for postcode, town in by_streets or [pair for pair in pairs if pair[1].distinct < 1]:
            # One town may stand between two such numbers.
            if town.index in self._free:
                self._take(postcode.index, "postcode")
                self._take(town.index, "city")

    def _postcodes_and_towns(self) -> Iterator[tuple[Content, Content]]:
        for content in self._fitting(lambda cell: shapes.is_postcode(cell, self._country)):
            beside = [self._free.get(place) for place in reversed(_around(content))]
            town = next((one for one in beside if one and one.share(shapes.is_town) >= _MOST), None)
            if town and not content.is_counted_up:
                yield content, town

    def _names(self) -> None:
        """The most distinct column of names; then one of organisations, or one for each part of a name."""
        whole = self._fitting(
            lambda cell: shapes.is_person_name(cell) or is_organisation(cell), _MORE_THAN_HALF
        )
        persons = [content for content in whole if content.share(shapes.is_person_name) >= _SOME]
        if persons:
            best = max(persons, key=lambda one: one.share(shapes.is_person_name) * one.distinct)
            self._take(best.index, "name")
        firms = [one for one in whole if one.index in self._free and one.share(is_organisation) >= _SOME]
        if firms:
            self._take(max(firms, key=lambda one: one.share(is_organisation)).index, "organisation")
        if not persons:
            self._name_parts()

    def _name_parts(self) -> None:
        """Two columns of single names beside each other: the one with «Svensson» and «Lund» has the family names."""
        for one in self._fitting(shapes.is_one_name):
            other = self._free.get(one.index + 1)
            if (
                other
                and other.share(shapes.is_one_name) >= _MOST
                and max(one.distinct, other.distinct) > _OWN
            ):
                is_turned = one.share(_is_family_name) > other.share(_is_family_name)
                self._take(one.index, "family_name" if is_turned else "given_name")
                self._take(other.index, "given_name" if is_turned else "family_name")
                return


def _around(content: Content) -> tuple[int, int]:
    return content.index - 1, content.index + 1


def _is_family_name(cell: str) -> bool:
    return cell.lower().endswith(_FAMILY_ENDINGS)
