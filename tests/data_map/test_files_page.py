"""The list of files: chosen from by place, kind, age and state; what is in one; that somebody looked is in the log."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import CILLA
from tests.counting import asked
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File, Review, Source
from tryggve.domains.datamap.selectors import shown_files
from tryggve.domains.datamap.services import reviewing
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import MACHINE, lying, people

pytestmark = pytest.mark.django_db
FILES = "/protection/data-map/files/"


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk", at=timezone.now())


def _page(browser: Client, address: str = FILES) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _named(browser: Client, query: str = "") -> set[str]:
    page = _page(browser, f"{FILES}{query}")
    return {name for name in ("old.csv", "card.csv", "other.csv", "kept.csv") if name in page}


def test_list_is_chosen_from(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    now = timezone.now()
    other = mapped.folder(tmp_path / "other", title="Other", at=now)
    lying(disk, tmp_path / "disk/old.csv", people(range(3)), changed=now - timedelta(days=3000))
    lying(disk, tmp_path / "disk/card.csv", [(Kind.CARD, "4111111111111111")], changed=now)
    lying(other, tmp_path / "other/other.csv", people(range(3)), changed=now)
    kept = lying(other, tmp_path / "other/kept.csv", people(range(3)), changed=now)
    reviewing.review(file=kept.pk, reason="The law", actor=MACHINE, at=now)

    assert _named(as_anna) == {"old.csv", "card.csv", "other.csv"}
    assert _named(as_anna, f"?place={other.pk}") == {"other.csv"}
    assert _named(as_anna, "?kind=CARD") == {"card.csv"}
    assert _named(as_anna, "?age=older") == {"old.csv"}
    assert _named(as_anna, "?age=year&kind=EMAIL") == {"other.csv"}
    assert _named(as_anna, "?age=unknown") == set()
    assert _named(as_anna, "?state=REVIEWED") == {"kept.csv"}
    # What the address says and nobody understands isn't asked about.
    assert _named(as_anna, "?place=x&kind=<b>&age=7&page=x") == {"old.csv", "card.csv", "other.csv"}


def test_riskiest_stands_first_and_pages_follow(
    disk: Source, as_anna: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying(disk, tmp_path / "disk/small.csv", people(range(1)))
    lying(disk, tmp_path / "disk/grave.csv", [(Kind.SE_PERSONNUMMER, "19121212-1212")])
    page = _page(as_anna)
    assert page.index("grave.csv") < page.index("small.csv")
    monkeypatch.setattr(shown_files, "PER_PAGE", 1)
    assert "small.csv" not in _page(as_anna)
    assert "small.csv" in _page(as_anna, f"{FILES}?page=2")


def test_looking_at_the_list_is_in_the_log(disk: Source, as_anna: Client, anna: User, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/a.csv", people(range(3)))
    _page(as_anna)
    [look] = Entry.objects.filter(action="datamap.files-looked-at")
    assert (look.actor, look.facts) == (anna.actor, {"source": str(disk.pk)})


def test_list_asks_as_often_however_many_files(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/first.csv", people(range(6)))
    few = asked(as_anna, FILES)
    for number in range(20):
        lying(disk, tmp_path / f"disk/{number}.csv", people(range(6)))
    assert len(asked(as_anna, FILES)) == len(few)


def test_file_shows_masked_samples_and_never_the_value(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    file = lying(disk, tmp_path / "disk/brev.txt", [(Kind.EMAIL, "cilla@example.se")])
    page = _page(as_anna, f"{FILES}{file.pk}/")
    assert "brev.txt" in page
    assert "cilla@example.se" not in page
    assert "What was found, masked" in page


def test_file_that_may_stay_says_why_and_who_said_so(
    disk: Source, as_anna: Client, anna: User, tmp_path: Path
) -> None:
    file = lying(disk, tmp_path / "disk/books.csv", people(range(3)))
    sent = as_anna.post(f"{FILES}{file.pk}/review/", {"reason": "Bookkeeping <for> seven years"})
    assert sent["Location"] == FILES
    page = _page(as_anna, f"{FILES}{file.pk}/")
    assert "Anna Ek said on" in page
    assert "Bookkeeping &lt;for&gt; seven years" in page
    assert b"Bookkeeping" not in bytes(Review.objects.get().reason_sealed)

    as_anna.post(f"{FILES}{file.pk}/review/take-back/")
    assert (File.objects.get().state, Review.objects.count()) == ("THERE", 0)
    done = Entry.objects.filter(action__in=["datamap.file-reviewed", "datamap.review-taken-back"])
    assert [(one.actor, one.facts) for one in done] == [(anna.actor, {"file": str(file.pk)})] * 2


def test_reason_is_asked_for(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    file = lying(disk, tmp_path / "disk/books.csv", people(range(3)))
    assert as_anna.post(f"{FILES}{file.pk}/review/", {"reason": "  "}).status_code == 200
    assert not Review.objects.exists()


def test_message_says_that_it_is_dealt_with_in_the_mailbox(as_anna: Client) -> None:
    file = mapped.message(mapped.mailbox(at=timezone.now()), people(range(3)))
    page = _page(as_anna, f"{FILES}{file.pk}/")
    assert "where Tryggve only reads" in page
    assert f"{FILES}{file.pk}/review/" in page
    assert not any(f"{FILES}{file.pk}/{deed}/" in page for deed in ("delete", "move", "import"))


def test_unread_files_are_told_with_their_reasons(disk: Source, as_anna: Client) -> None:
    mapped.unread(disk, "salaries.zip", "encrypted")
    page = _page(as_anna, f"{FILES}unread/")
    assert "salaries.zip" in page
    assert "locked with a password" in page


def test_card_tells_which_files_name_the_customer(
    disk: Source, as_anna: Client, as_bo: Client, tmp_path: Path
) -> None:
    [cilla] = add(CILLA)
    file = lying(disk, tmp_path / "disk/offert.txt", [(Kind.EMAIL, CILLA.emails[0])])
    for number in range(12):
        lying(disk, tmp_path / f"disk/{number}.txt", [(Kind.EMAIL, CILLA.emails[0])])
    page = _page(as_anna, f"/customers/{cilla}/")
    assert "Files that name this customer" in page
    assert f"{FILES}{file.pk}/" in page
    assert "and 3 more" in page
    # An employee sees the card, and no files.
    assert "Files that name this customer" not in _page(as_bo, f"/customers/{cilla}/")


def test_card_asks_as_often_however_many_files(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    [cilla] = add(CILLA)
    lying(disk, tmp_path / "disk/0.txt", [(Kind.EMAIL, CILLA.emails[0])])
    few = asked(as_anna, f"/customers/{cilla}/")
    for number in range(1, 12):
        lying(disk, tmp_path / f"disk/{number}.txt", [(Kind.EMAIL, CILLA.emails[0])])
    assert len(asked(as_anna, f"/customers/{cilla}/")) == len(few)
