from collections.abc import Iterator

from tryggve.accounts.passwords.names import close_by
from tryggve.domains.setup.selectors import firm as selectors


@close_by
def the_company() -> Iterator[str]:
    """The company's name is tried first by who wants in."""
    if firm := selectors.the_firm():
        yield firm.name
