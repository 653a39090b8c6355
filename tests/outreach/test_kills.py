"""A worker that is really killed while it sends: nobody gets it twice, nobody is left out untold."""

import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import NOW
from tests.outreach import writing
from tests.outreach.writing import MINUTE, Clock, addresses, started, states
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers.tests.lists import MACHINE
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.routines import note_interrupted
from tryggve.domains.outreach.services import starting
from tryggve.notices.tests.post_office import PostOffice

pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

CLAIMED, HANDED_OVER = "outreach: claimed", "outreach: handed over"
_PROGRAM = (
    "import django, importlib, sys; django.setup();"
    "importlib.import_module('tests.outreach.child').main(*sys.argv[1:])"
)


def run(mailing: UUID, at: datetime, point: str, times: int) -> int:
    """The exit status of a worker of its own, which uses the same database and keys."""
    settings = connection.settings_dict
    same = {
        name: settings[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS", "NAME")
    }
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "tryggve.domains.customers.tests.child_settings",
        "CHILD_DATABASE": json.dumps(same | {"NAME": str(same["NAME"])}),
        "TRYGGVE_ORIGIN": "http://localhost:8000",
    }
    words = [str(mailing), at.isoformat(), point, str(times)]
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words], env=os.environ | environment, timeout=120, check=False
    )
    return done.returncode


@pytest.fixture
def mailing(post: PostOffice, newsletter: UUID) -> UUID:
    """To twenty-five customers, twenty of whom are written to in the first round."""
    writing.say_yes(newsletter, *writing.many(25))
    return started(newsletter)


@pytest.mark.parametrize(("point", "arrived"), [(CLAIMED, 6), (HANDED_OVER, 7)])
def test_killed_half_way_it_goes_on_without_a_double_and_tells_who_perhaps_got_it(
    post: PostOffice, mailing: UUID, point: str, arrived: int
) -> None:
    assert run(mailing, NOW, point, 7) == -signal.SIGKILL
    assert len(addresses(post)) == arrived
    writing.work_to_the_end(mailing, Clock(NOW + MINUTE))

    got = addresses(post)
    assert len(got) == len(set(got)) == 24 + (arrived - 6)
    assert states(mailing) == {"SENT": 24, "PERHAPS": 1}
    unclear = Addressee.objects.get(state="PERHAPS")
    assert (unclear.reason, Mailing.objects.get(pk=mailing).state) == ("interrupted", "DONE")
    assert Entry.objects.get(action="outreach.interrupted").facts == {"mailing": str(mailing), "perhaps": 1}


def test_what_perhaps_left_is_sent_again_only_when_a_person_says_so(post: PostOffice, mailing: UUID) -> None:
    run(mailing, NOW, HANDED_OVER, 3)
    writing.work_to_the_end(mailing, Clock(NOW + MINUTE))
    assert len(addresses(post)) == 25
    assert starting.send_again(mailing=mailing, actor=MACHINE, at=NOW + 2 * MINUTE, reach=EVERYBODY) == 1
    writing.work_to_the_end(mailing, Clock(NOW + 2 * MINUTE))
    twice = [one for one in post.desk.taken if addresses(post).count(str(one["To"])) == 2]
    assert (len(addresses(post)), states(mailing)) == (26, {"SENT": 25})
    # By which most mailboxes keep one of the two.
    assert len({str(one["Message-ID"]) for one in twice}) == 1


def test_left_as_it_is_nobody_is_asked_any_more(post: PostOffice, mailing: UUID) -> None:
    run(mailing, NOW, CLAIMED, 1)
    writing.work_to_the_end(mailing, Clock(NOW + MINUTE))
    assert starting.settle(mailing=mailing, actor=MACHINE, at=NOW + MINUTE, reach=EVERYBODY) == 1
    assert starting.send_again(mailing=mailing, actor=MACHINE, at=NOW + MINUTE, reach=EVERYBODY) == 0
    assert (len(addresses(post)), states(mailing)) == (24, {"SENT": 24, "PERHAPS": 1})


def test_start_after_a_kill_notes_what_perhaps_left_of_one_that_was_paused(
    post: PostOffice, mailing: UUID
) -> None:
    run(mailing, NOW, HANDED_OVER, 2)
    Mailing.objects.filter(pk=mailing).update(state=Mailing.State.PAUSED)
    note_interrupted(NOW + MINUTE)
    assert states(mailing) == {"SENT": 1, "PERHAPS": 1, "WAITING": 23}
