"""Two at the same moment, with the same link."""

import threading
from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client

from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.setup.models import Firm, OwnerLink
from tryggve.domains.setup.tests import newcomer

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def _all_at_once(deeds: list[Callable[[], None]]) -> None:
    gate = threading.Barrier(len(deeds))

    def start(deed: Callable[[], None]) -> None:
        gate.wait()
        try:
            deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=start, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_one_of_several_that_press_the_button_at_the_same_moment_becomes_the_owner() -> None:
    link = newcomer.new_link()
    answers: list[int] = []

    def claimant(number: int) -> Callable[[], None]:
        return lambda: answers.append(
            newcomer.claim(Client(), link, email=f"anna{number}@example.se").status_code
        )

    _all_at_once([claimant(number) for number in range(AT_ONCE)])
    assert answers.count(HTTPStatus.FOUND) == 1
    # Who comes last is told: the page of a used link, or the refusal when both had seen it unused.
    assert set(answers) - {HTTPStatus.FOUND} <= {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}
    assert (Firm.objects.count(), User.objects.count(), OwnerLink.objects.count()) == (1, 1, 0)
    assert Entry.objects.filter(action="setup.firm-claimed").count() == 1


def test_one_link_is_left_when_two_start_at_the_same_moment() -> None:
    made: list[str] = []
    _all_at_once([lambda: made.append(newcomer.new_link())] * 2)
    works = [link for link in made if Client().get(link).status_code == HTTPStatus.OK]
    assert (len(made), len(works)) == (2, 1)
