"""What is told of customers in the course of a day: each of these words is looked for wherever it must not stand."""

import csv
from collections.abc import Iterator

from tests.furnishing import LISTS
from tests.leftovers import lists
from tests.leftovers.spellings import SHORTEST
from tests.leftovers.told import TOLD

LIST = LISTS / "doubles.csv"
_EACH = 19
# How the picture begins that the product draws of one from elsewhere, as it is and in base64.
_DRAWN = ("ÿØÿà\x00\x10JFIF", "/9j/4AAQSkZJRg")


def _words_of_the_list() -> Iterator[str]:
    """Names, addresses, numbers of some customers: what is long enough to be theirs alone."""
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read()
    rows = list(
        csv.reader(sample.splitlines(), delimiter=";" if sample.count(";") > sample.count(",") else ",")
    )
    cells = {cell.strip() for row in rows[1::41] for cell in row}
    yield from sorted(cell for cell in cells if len(cell) > SHORTEST and ("@" in cell or " " in cell))


def _words_of_the_made_lists() -> Iterator[str]:
    for each in lists.MADE:
        yield each.name.rpartition(".")[0]
        for person in each.people[::_EACH]:
            yield from (person.name, person.email, person.phone, "".join(filter(str.isdigit, person.phone)))


WORDS = [*_words_of_the_list(), *dict.fromkeys([*_words_of_the_made_lists(), *lists.BROKEN, *TOLD, *_DRAWN])]
