"""A verb of ``./tryggve`` run in this process, on the tests' own database."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command, load_command_class

from tryggve.lib import folders


@pytest.fixture
def database_in_its_place() -> Iterator[None]:
    """The tests' database lies elsewhere; a command first looks whether there is one in the data folder."""
    place = folders.current().database
    place.touch()
    yield
    place.unlink()


def run(domain: str, verb: str, *words: str) -> tuple[int, str]:
    """The exit status and what stands on standard output."""
    out = StringIO()
    try:
        call_command(load_command_class(f"tryggve.domains.{domain}", verb), *words, stdout=out)
    except SystemExit as end:
        return (end.code if isinstance(end.code, int) else 0), out.getvalue()
    return 0, out.getvalue()
