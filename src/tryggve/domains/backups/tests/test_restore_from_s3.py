"""A restore for real where nothing is left but a bucket: its name and two secrets are typed, and two pages."""

import json
import shutil
from collections.abc import Iterator

import pytest

from tests.program import Program
from tryggve.domains.backups.tests import lost_firm
from tryggve.domains.backups.tests.lost_firm import LostFirm
from tryggve.domains.backups.tests.object_store import KEY_ID, SECRET, ObjectStore

pytestmark = pytest.mark.process
_ADD = """
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import Wanted

wanted = Wanted("Bucket", "S3", holds_data=True, holds_keys=True, is_elsewhere=True)
places.add(wanted=wanted, fields={fields!r}, actor="machine:test", at=now)
"""


@pytest.fixture(scope="module")
def store() -> Iterator[ObjectStore]:
    with ObjectStore() as store:
        yield store


@pytest.fixture(scope="module")
def lost(store: ObjectStore) -> Iterator[LostFirm]:
    """Its computer burnt, and the disks beside it."""
    made = LostFirm()
    try:
        made.python(_ADD.format(fields=store.fields(store.bucket("backups"))))
        made.back_up()
        made.lose()
        for disk in (made.near, made.far):
            shutil.rmtree(disk)
        yield made
    finally:
        made.clear()


@pytest.fixture
def bare() -> Iterator[Program]:
    """Another user's empty home on another computer."""
    made = Program()
    yield made
    made.clear()


def _restore(
    bare: Program, lost: LostFirm, place: str, *words: str, secrets: tuple[str, ...]
) -> tuple[int, str, str]:
    typed = "".join(f"{one}\n" for one in (*secrets, *lost.shares[:2]))
    done = lost_firm.run(bare, "restore", "-", "--keys-place", place, *words, given=typed)
    return done.returncode, done.stdout, done.stderr


def test_everything_is_back_from_a_bucket(store: ObjectStore, lost: LostFirm, bare: Program) -> None:
    place = f"s3:{store.endpoint}/backups/firm"
    status, _told, said = _restore(bare, lost, place, "--yes", secrets=("", ""))
    assert (status, "That place can't be used" in said, bare.data.exists()) == (2, True, False), said

    status, told, said = _restore(bare, lost, place, "--yes", "--json", secrets=(KEY_ID, SECRET))
    assert status == 0, told + said
    answer = json.loads(told)
    assert (answer["restored"], answer["place"]) == (True, "Bucket")
    assert (answer["customers_unopened"], answer["others_unopened"], answer["damaged_tables"]) == (0, 0, 0)
    found = lost_firm.customers_in(bare)
    assert ("Cilla Karlsson" in found, "Dan Dahl" in found) == (True, True)
    for secret in (KEY_ID, SECRET):
        assert secret not in told + said


def test_bucket_of_the_data_is_named_with_secrets_of_its_own(
    store: ObjectStore, lost: LostFirm, bare: Program
) -> None:
    """As far as the question that nobody is there to answer."""
    place = f"s3:{store.endpoint}/backups/firm"
    typed = "".join(f"{one}\n" for one in (KEY_ID, SECRET, *lost.shares[:2], KEY_ID, SECRET))
    for data_place, told in ((place, "Say it with --yes."), (f"{place}/nowhere", "That place can't be used")):
        words = ("--keys-place", place, "--data-place", data_place)
        done = lost_firm.run(bare, "restore", "-", *words, given=typed)
        assert (done.returncode, told in done.stderr) == (2, True), done
