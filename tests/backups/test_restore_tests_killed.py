"""restic is really killed in a restore test: it says nothing of the backup, leaves nothing, and the next one works."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from tests.backups.backed_up import BackedUp, firm_backed_up
from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.tests.cutting_server import CuttingServer
from tryggve.domains.backups.tests.places_for_tests import with_access
from tryggve.notices.models import OutboxMessage

__all__ = ["firm_backed_up"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(firm_backed_up: BackedUp, tmp_path: Path) -> Iterator[CuttingServer]:
    """The firm's places lie behind it from now on."""
    with CuttingServer(tmp_path / "rest") as server:
        for place in (firm_backed_up.near, firm_backed_up.key_place):
            Path(place.access.location).rename(server.home / place.title)
            Place.objects.filter(pk=place.id).update(kind=Place.Kind.REST)
            with_access(place, location=f"{server.location}{place.title}/")
        yield server


def test_restic_that_is_killed_says_nothing_of_the_backup(
    firm_backed_up: BackedUp, server: CuttingServer, karin: User
) -> None:
    """While it brings the data back, while all is read, and while it brings the keys back."""
    for verb, step in (("restore", "fetch"), ("check", "read-all"), ("dump", "fetch")):
        server.cut_at_first(("GET", "data"), by=verb)
        row = firm_backed_up.test()
        assert server.killed == [("GET", "data")]
        assert (row.state, row.step, row.cause) == ("UNKNOWN", step, "broke")
        assert measured.found("BAK-02", timezone.now()) == ("unknown", "not-restored")
    server.cut_no_more()
    assert not OutboxMessage.objects.exists()
    assert firm_backed_up.test().state == "PASSED"
    assert measured.found("BAK-02", timezone.now())[0] == "PROVED"
