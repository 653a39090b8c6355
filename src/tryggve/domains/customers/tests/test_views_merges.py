"""The pages on which two cards are made one and parted again."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.roles import Scope
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.comparison import doubles
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, Merge, ToldApart
from tryggve.domains.customers.services import custom_fields, import_turn, responsible
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, in_force
from tryggve.domains.customers.tests.merging import FIRST, NUMBER, SECOND, keep_number, merge

pytestmark = pytest.mark.django_db
SEEN = {"kept_revision": "1", "gone_revision": "1"}


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_other_card_is_found_chosen_compared_and_merged(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    assert f"/customers/{kept}/same/" in _text(as_anna.get(f"/customers/{kept}/"))
    found = _text(as_anna.post(f"/customers/{kept}/same/", {"text": "cecilia"}))
    assert (f"/customers/{kept}/same/{gone}/" in found, f"/same/{kept}/" in found) == (True, False)
    page = _text(as_anna.get(f"/customers/{kept}/same/{gone}/"))
    assert (SECOND.emails[0] in page, 'name="choose-name"' in page, 'name="choose-source"' in page) == (
        True, True, False,
    )  # fmt: skip
    answer = as_anna.post(f"/customers/{kept}/same/{gone}/", SEEN | {"choose-name": "gone"}, follow=True)
    assert ("The two cards are one now" in _text(answer), list(in_force())) == (True, [SECOND.name])


def test_heading_names_both_and_the_title_of_the_page_neither(as_anna: Client) -> None:
    kept, gone = add(FIRST, Details(name="<Åsa>"))
    page = _text(as_anna.get(f"/customers/{kept}/same/{gone}/"))
    [title, heading] = [page.split(f"<{tag}>")[1].split(f"</{tag}>")[0] for tag in ("title", "h1")]
    assert heading.strip() == "Are <bdi>Cilla Ek</bdi> and <bdi>&lt;Åsa&gt;</bdi> the same customer?"
    assert ("Cilla" in title, "Åsa" in title) == (False, False)


def test_two_who_were_said_not_to_be_the_same_are_not_offered_again(as_anna: Client) -> None:
    kept, gone = add(FIRST, replace(SECOND, emails=FIRST.emails))
    address = f"/customers/{kept}/same/{gone}/"
    assert f"/customers/{kept}/same/{gone}/" in _text(as_anna.get("/customers/doubles/"))
    answer = as_anna.post(address, SEEN | {"apart": "yes"}, follow=True)
    assert ("Nobody is asked about them again" in _text(answer), address in _text(answer)) == (True, False)
    as_anna.post(f"/customers/{gone}/same/{kept}/", {"apart": "yes"})
    assert (ToldApart.objects.count(), Merge.objects.count(), len(in_force())) == (1, 0, 2)
    for one in (kept, gone):
        told = [entry.action for entry in audit.entries_about(one, limit=50)]
        assert told.count("customers.told-apart") == 1


def test_answer_about_two_goes_with_either_of_them(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    as_anna.post(f"/customers/{kept}/same/{gone}/", {"apart": "yes"})
    deleting.delete_customer(customer=gone, actor=MACHINE, at=NOW)
    assert ToldApart.objects.count() == 0


def test_address_of_the_merged_card_leads_to_the_kept_one(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    merge(kept, gone)
    assert as_anna.get(f"/customers/{gone}/")["Location"] == f"/customers/{kept}/"
    assert [as_anna.get(f"/customers/{gone}/{page}/").status_code for page in ("edit", "delete")] == [
        404,
        404,
    ]


def test_looking_at_the_comparison_changes_nothing_and_is_told_of_both(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    as_anna.get(f"/customers/{kept}/same/{gone}/", SEEN)
    assert Merge.objects.count() == 0
    for one in (kept, gone):
        assert [entry.action for entry in audit.entries_about(one, limit=1)] == ["customers.merge-previewed"]


def test_who_was_overtaken_sees_both_cards_anew_with_what_was_chosen(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    Customer.objects.filter(pk=gone).update(changed_at=NOW)
    answer = as_anna.post(
        f"/customers/{kept}/same/{gone}/", SEEN | {"gone_revision": "9", "choose-name": "gone"}
    )
    assert (answer.status_code, "Nothing was merged. Look again." in _text(answer)) == (409, True)
    assert 'name="choose-name" value="gone" checked' in _text(answer)
    assert Merge.objects.count() == 0


def test_busy_register_is_told(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    with import_turn.turn():
        answer = as_anna.post(f"/customers/{kept}/same/{gone}/", SEEN)
    assert (answer.status_code, "Try again in a while" in _text(answer)) == (409, True)


def test_a_card_is_not_compared_with_itself_nor_with_nobody(as_anna: Client) -> None:
    [cilla] = add(FIRST)
    assert as_anna.get(f"/customers/{cilla}/same/{cilla}/").status_code == 409
    nobody = "01a201e6-a5d0-7a27-a58f-41d308402a13"
    assert as_anna.get(f"/customers/{cilla}/same/{nobody}/").status_code == 404


def test_more_than_a_card_holds_is_told_and_has_no_button(as_anna: Client) -> None:
    both = [Details(emails=tuple(f"{who}{n}@x.se" for n in range(60))) for who in "ab"]
    kept, gone = add(*both)
    page = _text(as_anna.get(f"/customers/{kept}/same/{gone}/"))
    assert ("more on these two cards than one can hold" in page, "Make them one card" in page) == (
        True,
        False,
    )


def test_merge_is_undone_from_the_card(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    assert "can be undone until" not in _text(as_anna.get(f"/customers/{kept}/"))
    merge(kept, gone)
    [merged] = Merge.objects.values_list("pk", flat=True)
    address = f"/customers/{kept}/merges/{merged}/undo/"
    Merge.objects.update(made_at=timezone.now())
    assert address in _text(as_anna.get(f"/customers/{kept}/"))
    assert "exactly as they were before" in _text(as_anna.get(address))
    assert len(in_force()) == 1
    answer = as_anna.post(address, follow=True)
    assert (answer.redirect_chain[-1][0], len(in_force())) == (f"/customers/{gone}/", 2)
    assert as_anna.post(address).status_code == 409
    assert as_anna.get(address).status_code == 404


def test_undo_tells_that_the_card_was_changed_since(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    merged = merge(kept, gone)
    Merge.objects.update(made_at=timezone.now())
    as_anna.post(f"/customers/{kept}/edit/", {"kind": "person", "name": "Cilla Berg", "revision": "2"})
    page = _text(as_anna.get(f"/customers/{kept}/merges/{merged}/undo/"))
    assert "What was changed since stays here" in page


def test_doubles_are_told_with_why(as_anna: Client) -> None:
    cilla, dan, twin = add(CILLA, DAN, Details(name="C. Åkerström", emails=("CILLA@example.se",)))
    page = _text(as_anna.get("/customers/doubles/"))
    assert (f"/customers/{cilla}/same/{twin}/" in page, "the same e-mail address" in page) == (True, True)
    assert str(dan) not in page


def test_no_doubles_are_told_in_words(as_anna: Client) -> None:
    add(CILLA, DAN)
    assert "No doubles were found" in _text(as_anna.get("/customers/doubles/?page=9"))


def test_doubles_of_others_are_not_told(as_bo: Client, bo: User) -> None:
    cilla, twin = add(CILLA, CILLA)
    User.objects.filter(pk=bo.pk).update(scope=Scope.OWN)
    responsible.assign(customer=cilla, responsible=bo.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert str(twin) not in _text(as_bo.get("/customers/doubles/"))
    assert as_bo.get(f"/customers/{cilla}/same/{twin}/").status_code == 403
    assert as_bo.post(f"/customers/{cilla}/same/{twin}/", {"apart": "yes"}).status_code == 403
    assert ToldApart.objects.count() == 0


def test_markup_on_the_cards_is_shown_and_not_obeyed(as_anna: Client) -> None:
    odd = '"><script>alert(1)</script>'
    kept, gone = add(
        Details(name=odd, emails=("a@x.se",), source=odd),
        Details(name=f"{odd}2", emails=("a@x.se",), note=odd),
    )
    for address in (f"/customers/{kept}/same/{gone}/", "/customers/doubles/"):
        page = _text(as_anna.get(address))
        assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_who_shares_an_identity_number_is_told_to_nobody_who_may_not_see_it(
    as_anna: Client, as_bo: Client
) -> None:
    two = add(FIRST, DAN)
    for one in two:
        keep_number(one, Sensitive((NUMBER,)))
    add(replace(CILLA, emails=FIRST.emails))
    told = [_text(one.get("/customers/doubles/")) for one in (as_anna, as_bo)]
    assert [text.count("identity number") for text in told] == [2, 0]
    assert [text.count("the same e-mail address") for text in told] == [1, 1]
    assert [DAN.name in text for text in told] == [True, False]


def test_old_address_of_a_merged_card_leads_only_to_a_card_within_reach(
    as_bo: Client, bo: User, anna: User
) -> None:
    kept, gone = add(FIRST, SECOND)
    responsible.assign(customer=kept, responsible=anna.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
    merge(kept, gone)
    assert as_bo.get(f"/customers/{gone}/").headers["Location"] == f"/customers/{kept}/"
    User.objects.filter(pk=bo.pk).update(scope=Scope.OWN)
    answer = as_bo.get(f"/customers/{gone}/")
    assert (answer.status_code, str(kept) in str(answer.headers)) == (403, False)


def test_register_is_opened_for_doubles_once_until_somebody_changes(
    as_anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(FIRST, replace(SECOND, emails=FIRST.emails))
    read: list[int] = []
    real = doubles.pairs

    def counted(*args: Any, **more: Any) -> Any:
        read.append(1)
        return real(*args, **more)

    monkeypatch.setattr(doubles, "pairs", counted)
    for _time in range(3):
        assert _text(as_anna.get("/customers/doubles/")).count("the same e-mail address") == 1
    assert len(read) == 1
    add(replace(CILLA, emails=FIRST.emails))
    assert _text(as_anna.get("/customers/doubles/")).count("the same e-mail address") == 2
    assert len(read) == 2


def test_sensitive_answers_that_differ_are_told_without_a_word_of_them(as_anna: Client) -> None:
    kept, gone = add(FIRST, SECOND)
    field = custom_fields.add_field(
        name="Allergy", kind="YES_NO", choices=[], is_sensitive=True, actor=MACHINE, at=NOW
    )
    for customer, said in ((kept, "yes"), (gone, "no")):
        keep_number(customer, Sensitive(custom=((str(field), said),)))
    answer = as_anna.post(f"/customers/{kept}/same/{gone}/", SEEN)
    assert (answer.status_code, "answer the same sensitive question" in _text(answer)) == (409, True)
    assert ("Allergy" in _text(answer), Merge.objects.count()) == (False, 0)
