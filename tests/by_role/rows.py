"""How a table says who gets in where; it is written by hand from what roles are meant to do.

A column is somebody who asks; a row an address and how it is asked; a cell is what must come of it:

    s  sign in first            u  set up a second factor first      k  a token first (the API)
    +  opened                   ^  opened; asked again who it is when the factor is over ten minutes old
    -  refused                  !  asked again like ^, then refused
    n  nothing is there         c  told why not, and nothing is changed
    0  like ^, and nothing of the other person's is changed
"""

from typing import NamedTuple

COLUMNS = (
    "nobody",
    "password",  # an owner who has signed in with a password alone and has no second factor
    "owner",
    "captain",
    "captain-other",  # one who sees her own customers only, and asks for another person's things
    "employee",  # who sees all customers
    "own",  # an employee who sees his own customers only, and was given all that can be given; asks for his own
    "other",  # the same, who asks for another person's
    "auditor",
    "supplier",
)


class Row(NamedTuple):
    """One address, the methods that it answers, and a cell for each column.

    ``told`` is the status, beside those of success, with which it says in words that something else is missing.
    """

    name: str
    methods: list[str]
    cells: list[str]
    told: int = 200


def rows(table: str) -> list[Row]:
    """A line an address; a number at its end is what it is ``told`` with."""
    lines = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    told = [int(line.pop()) if line[-1].isdecimal() and line[-1] != "0" else 200 for line in lines]
    return [
        Row(name, methods.split(","), cells, status)
        for (name, methods, *cells), status in zip(lines, told, strict=True)
    ]
