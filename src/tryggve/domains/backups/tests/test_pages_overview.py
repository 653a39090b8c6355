"""The first page about backups, as an owner meets it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from tests.counting import asked
from tryggve.accounts.roles import Role
from tryggve.controls.answers import Outcome
from tryggve.controls.registry import Verdict
from tryggve.controls.tests import here as controls
from tryggve.domains.backups import sign_words
from tryggve.domains.backups.engine.changes import Sign
from tryggve.domains.backups.models import Copy, Place, RestoreTest, Run
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.on_pages import DAY, HOME, browser, place, proven, restored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def owner() -> Client:
    return browser()


def test_without_a_place_the_first_step_is_offered(owner: Client) -> None:
    page = text_of(owner, HOME)
    assert ("Where should the copies go?" in page, f"{HOME}places/add/" in page) == (True, True)
    assert "Back up now" not in page


def test_what_was_tried_for_real_is_a_yes(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now, is_elsewhere=True)
    run = taken.run(disk, at=now - timedelta(hours=9), bytes_in_all=3_000_000)
    restored(disk, run, at=now - timedelta(hours=8))
    proven(run, at=now - timedelta(hours=7))

    page = text_of(owner, HOME)

    assert "Yes. It was tried for real." in page
    assert "in 7 minutes, from «Red disk»" in page
    day = date_format(timezone.localtime(now - timedelta(hours=7)), "DATE_FORMAT")
    assert f"Gone from the backups, too: proven on {day}" in page
    assert "1 day with a copy, 0 days on which it failed. 1 restore test passed, 0 failed." in page


@pytest.mark.parametrize(
    ("copied_ago", "tested_ago", "state", "says"),
    [
        (None, None, "", "No. There is no copy yet."),
        (timedelta(hours=1), None, "", "Probably, but nobody has tried yet."),
        (timedelta(days=3), timedelta(days=2), "PASSED", "Only what is old."),
        (timedelta(hours=9), timedelta(hours=8), "FAILED", "Don't count on it."),
        (
            timedelta(hours=9),
            timedelta(days=9),
            "PASSED",
            "Probably. It is more than a week since it was tried.",
        ),
        (timedelta(hours=9), timedelta(hours=8), "UNKNOWN", "Probably, but nobody has tried yet."),
    ],
)
def test_nothing_else_is_a_yes(
    owner: Client,
    now: datetime,
    copied_ago: timedelta | None,
    tested_ago: timedelta | None,
    state: str,
    says: str,
) -> None:
    disk = place("Red disk", at=now)
    run = taken.run(disk, at=now - copied_ago) if copied_ago else None
    if run and tested_ago:
        restored(disk, run, at=now - tested_ago, state=state)

    page = text_of(owner, HOME)

    assert (says in page, "Yes. It was tried" in page) == (True, False)


def test_test_that_the_log_does_not_bear_out_is_no_yes(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    test = restored(disk, taken.run(disk, at=now - timedelta(hours=9)), at=now - timedelta(hours=8))
    assert "Yes. It was tried for real." in text_of(owner, HOME)
    RestoreTest.objects.filter(pk=test.pk).update(began_at=now)
    assert "Probably, but nobody has tried yet." in text_of(owner, HOME)


def test_copy_whose_keys_came_nowhere_is_no_whole_copy(owner: Client, now: datetime) -> None:
    taken.run(place("Red disk", at=now), at=now - timedelta(hours=1), kinds=[Copy.Kind.DATA])
    assert "No. No place has the keys." in text_of(owner, HOME)


def _apart(now: datetime) -> tuple[Place, Place, Run]:
    """Data and keys in a place each, backed up and tested."""
    near, keys = place("Near", at=now, holds_keys=False), place("NAS", at=now, holds_data=False)
    run = taken.run(near, at=now - timedelta(hours=9), kinds=[Copy.Kind.DATA])
    Copy.objects.create(run=run, place=keys, kind=Copy.Kind.KEYS, snapshot="k", at=now)
    restored(near, run, at=now - timedelta(hours=8))
    return near, keys, run


def _without(owner: Client, says: str) -> None:
    page = text_of(owner, HOME)
    assert (says in page, "Yes. It was tried" in page) == (True, False)


def test_without_a_copy_of_the_keys_in_existence_it_is_no_yes(owner: Client, now: datetime) -> None:
    _near, keys, _run = _apart(now)
    assert "Yes. It was tried for real." in text_of(owner, HOME)
    Copy.objects.filter(place=keys).update(forgotten_at=now)
    _without(owner, "No. No place has the keys.")
    Copy.objects.filter(place=keys).update(forgotten_at=None)
    Place.objects.filter(pk=keys.pk).update(removed_at=now)
    _without(owner, "No. No place has the keys.")


def test_keys_that_are_older_than_the_data_are_no_keys_of_it(owner: Client, now: datetime) -> None:
    near, keys, run = _apart(now)
    Copy.objects.filter(place=keys).delete()
    older = taken.run(near, at=run.began_at - DAY, kinds=[])
    Copy.objects.create(run=older, place=keys, kind=Copy.Kind.KEYS, snapshot="k", at=now)
    _without(owner, "No. No place has the keys.")


@pytest.mark.parametrize("which", [0, 1])
def test_while_what_it_needs_cannot_be_reached_it_is_no_yes(owner: Client, now: datetime, which: int) -> None:
    stolen = _apart(now)[which]
    assert isinstance(stolen, Place)
    Place.objects.filter(pk=stolen.pk).update(trouble="unreachable")
    _without(owner, "but what it needs can't be reached now")
    # A disk in a safe isn't here, and that is as it should be.
    Place.objects.filter(pk=stolen.pk).update(is_carried=True)
    assert "Yes. It was tried for real." in text_of(owner, HOME)


def test_while_the_newest_backup_lacks_keys_it_is_no_yes(owner: Client, now: datetime) -> None:
    near, _keys, _run = _apart(now)
    taken.run(near, at=now - timedelta(hours=1), kinds=[], state=Run.State.FAILED, cause="keys-missing")
    _without(owner, "Not everything. Keys of customers are missing.")


@pytest.mark.parametrize(
    ("control", "wrong", "says"),
    [
        ("BAK-01", "copy-gone", "A copy isn't where it was brought to."),
        ("BAK-02", "keys-lost", "A copy isn't where it was brought to."),
        ("BAK-01", "keys-missing", "Keys of customers are missing."),
    ],
)
def test_what_was_found_gone_from_its_place_is_no_yes(
    owner: Client, now: datetime, control: str, wrong: str, says: str
) -> None:
    _apart(now)
    controls.keep(control, Outcome(Verdict.FAILING, facts={"wrong": wrong}), at=now - timedelta(minutes=5))
    _without(owner, says)


def test_what_a_clock_that_was_ahead_wrote_down_is_no_yes(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    run = taken.run(disk, at=now + 300 * DAY)
    restored(disk, run, at=now + 300 * DAY)
    _without(owner, "Only what is old.")
    good = taken.run(disk, at=now - timedelta(hours=9))
    _without(owner, "Probably, but nobody has tried yet.")
    restored(disk, good, at=now - timedelta(hours=8))
    assert "Yes. It was tried for real." in text_of(owner, HOME)


def test_yes_says_from_where_and_which_places_it_says_nothing_of(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    test = restored(disk, taken.run(disk, at=now - timedelta(hours=9)), at=now - timedelta(hours=8))
    page = text_of(owner, HOME)
    assert ("It came from «Red disk»." in page, "No place in another house could be tested" in page) == (
        True,
        False,
    )
    found = {**test.found, "passed_over": 1}
    restored(disk, taken.run(disk, at=now - timedelta(hours=7)), at=now - timedelta(hours=6), found=found)
    assert "No place in another house could be tested then" in text_of(owner, HOME)
    newest = RestoreTest.objects.all()[0]
    assert "a place in another house couldn't be tested then" in text_of(owner, f"{HOME}tests/{newest.pk}/")


def test_erased_customers_wait_until_a_day(owner: Client, now: datetime) -> None:
    run = taken.run(place("Red disk", at=now), at=now - DAY)
    proven(run, at=now, proven_at=None, pending_until=now + 9 * DAY)
    day = date_format(timezone.localtime(now + 9 * DAY), "DATE_FORMAT")
    assert f"The proof is pending until {day}" in text_of(owner, HOME)


def test_erased_customer_who_can_be_read_is_told(owner: Client, now: datetime) -> None:
    run = taken.run(place("Red disk", at=now), at=now - DAY)
    proven(run, at=now, proven_at=None, failed_at=now)
    assert "✗ Found readable in an older backup" in text_of(owner, HOME)


def test_progress_moves_and_can_be_looked_at_without_scripts(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    run = taken.run(
        disk, at=now, kinds=[], state=Run.State.RUNNING, bytes_done=5_000_000, bytes_in_all=20_000_000
    )
    page = text_of(owner, HOME)
    assert ('hx-trigger="every 2s"' in page, "Look again" in page) == (True, True)

    part = owner.get(HOME, headers={"HX-Request": "true"})
    text = part.content.decode().replace("\xa0", " ")
    assert ("4.8 MB of about 19.1 MB" in text, "<html" in text, "HX-Refresh" in part) == (True, False, False)

    Run.objects.filter(pk=run.pk).update(state=Run.State.DONE)
    part = owner.get(HOME, headers={"HX-Request": "true"})
    assert (part["HX-Refresh"], "hx-get" in part.content.decode()) == ("true", False)


def test_places_stand_in_words(owner: Client, now: datetime) -> None:
    place("Near", at=now)
    place("Red disk", at=now, is_carried=True, seen_at=now - 12 * DAY, trouble="unreachable")
    place("Blue disk", at=now, is_carried=True, there_since=now - 4 * DAY)
    place("Full one", at=now, trouble="full")
    place("Silent", at=now, seen_at=now - 3 * DAY)
    place("New", at=now, seen_at=None)

    page = text_of(owner, HOME)

    assert "✓ Can be reached" in page
    assert "The disk isn't here: last seen 12 days ago." in page
    assert "The disk has been here for days." in page
    assert "There is no room left." in page
    assert "Tryggve hasn't been there lately: last seen 3 days ago." in page
    assert "Nothing was brought there yet." in page


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ([{"is_on_own_disk": True}], "Add a place on another disk"),
        ([{"holds_keys": False}], "Add a place for the keys"),
        ([{"trouble": "unreachable"}], "Bring back a place"),
        ([{}, {}], "Add a place in another house"),
        ([{"is_elsewhere": True, "kind": Place.Kind.SFTP}], "Add a second place"),
        ([{"is_elsewhere": True}, {}], "Add a disk that you carry away"),
        ([{"is_elsewhere": True, "kind": Place.Kind.SFTP}, {}], ""),
    ],
)
def test_one_next_step_towards_three_two_one(
    owner: Client, now: datetime, places: list[dict[str, object]], says: str
) -> None:
    for number, told in enumerate(places):
        place(f"Place {number}", at=now, **told)
    page = text_of(owner, HOME)
    assert (says in page, "Next step:" in page) == (True, bool(says))


def test_signs_of_trouble_are_asked_about_until_somebody_answers(owner: Client, now: datetime) -> None:
    run = taken.run(place("Red disk", at=now), at=now, signs=[Sign.MOST_CHANGED])
    page = text_of(owner, HOME)
    assert ("Was this you?" in page, str(sign_words.WORDS[Sign.MOST_CHANGED]) in page) == (True, True)
    assert "/events/happened/" in page

    assert owner.post(f"{HOME}copies/{run.pk}/signs/")["Location"] == HOME
    assert "Was this you?" not in text_of(owner, HOME)
    assert owner.post(f"{HOME}copies/{run.pk}/signs/").status_code == 404


def test_auditor_sees_all_and_is_offered_nothing_to_change(now: datetime) -> None:
    disk = place("Red disk", at=now)
    restored(disk, taken.run(disk, at=now, signs=[Sign.JUMP]), at=now)
    page = text_of(browser(Role.AUDITOR), HOME).partition("<main")[2]
    assert ("Red disk" in page, "<form" in page, "/add/" in page) == (True, False, False)


def test_page_asks_as_often_however_much_there_is(owner: Client, now: datetime) -> None:
    disk = place("Red disk", at=now)
    restored(disk, taken.run(disk, at=now), at=now)
    few = len(asked(owner, HOME))
    for number in range(3):
        other = place(f"Disk {number}", at=now)
        for run in taken.nights(other, 3, until=now):
            restored(other, run, at=run.began_at)
    many = asked(owner, HOME)
    assert (few, len(many) <= 21) == (len(many), True), "\n".join(many)


@pytest.mark.usefixtures("firm")
def test_today_asks_for_a_place_and_tells_of_a_failed_test(owner: Client, now: datetime) -> None:
    assert "Where should your backups go?" in text_of(owner, "/today/")
    disk = place("Red disk", at=now)
    restored(disk, taken.run(disk, at=now), at=now, state="FAILED")
    page = text_of(owner, "/today/")
    assert ("Where should your backups go?" in page, "The last restore test failed" in page) == (False, True)
