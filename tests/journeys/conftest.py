from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.law import Firm, elsewhere
from tests.program import Program
from tryggve.notices.tests.post_office import PostOffice


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that keeps what it is given."""
    office = PostOffice()
    elsewhere(office.open)
    yield office
    elsewhere(office.close)


@pytest.fixture
def firm(browser: Browser, office: PostOffice) -> Iterator[Callable[[str], Firm]]:
    """Anna's, in the language."""
    begun: list[Program] = []

    def begin(language: str) -> Firm:
        begun.append(Program(language=language, tells_its_address=True))
        return Firm(browser, begun[-1], office, language=language)

    yield begin
    for program in begun:
        program.clear()
