"""``routines due``: what is late and what comes, for a program or a terminal, without anybody's name."""

import json

import pytest
from django.utils import timezone, translation

from tests import commands
from tryggve.accounts.models import User
from tryggve.domains.protection.tests.routines import DAY, begin, make_late, open_turn
from tryggve.routines.duties.models import Turn

pytestmark = pytest.mark.django_db
database_in_its_place = commands.database_in_its_place


@pytest.fixture(autouse=True)
def planned(anna: User, karin: User, bo: User, database_in_its_place: None) -> None:
    begin(anna, karin, bo, at=timezone.now())
    make_late(open_turn("talk-security"), days=3, today=timezone.localdate())


def _due(*options: str) -> tuple[int, str]:
    with translation.override("en"):
        return commands.run("protection", "routines", "due", *options)


def test_json_has_ids_codes_and_days_and_no_names(karin: User) -> None:
    status, out = _due("--json", "--days", "0")
    turn = open_turn("talk-security")
    assert (status, json.loads(out)) == (
        0,
        [
            {
                "id": str(turn.pk),
                "duty": "talk-security",
                "title": "Talk about security at the staff meeting",
                "due_on": (timezone.localdate() - 3 * DAY).isoformat(),
                "until": (timezone.localdate() - 3 * DAY).isoformat(),
                "days_late": 3,
                "postponed": False,
                "minutes": 15,
                "people": [str(karin.pk)],
            }
        ],
    )


def test_words_tell_late_ones_and_those_of_the_next_days() -> None:
    status, out = _due()
    assert status == 0
    first, second, *_rest = out.splitlines()
    assert first.endswith("(3 days late)  Talk about security at the staff meeting")
    assert second.endswith("  Install waiting updates on computers and phones")
    assert "Karin" not in out


def test_nothing_due_says_so_with_status_one() -> None:
    Turn.objects.all().delete()
    assert _due() == (1, "Nothing is due.\n")
    assert _due("--json") == (1, "[]\n")


@pytest.mark.parametrize("days", ["-1", "367", "x"])
def test_days_that_cannot_be_are_refused(days: str) -> None:
    assert _due(f"--days={days}")[0] == 2
