"""Views are kept sealed for one person, and end with the person."""

from uuid import uuid4

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.search.chosen import Chosen
from tryggve.domains.customers.models import SavedView
from tryggve.domains.customers.selectors.saved_views import NoSuchView, view_of, views_of
from tryggve.domains.customers.services import saved_views
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db

CHOSEN = Chosen(status="former", tags=("Båtklubb",), responsible="nobody", lacking="email", sort="newest")


def _save(owner: User, name: str = "Old members", chosen: Chosen = CHOSEN) -> SavedView:
    return SavedView.objects.get(pk=saved_views.save_view(owner=owner, name=name, chosen=chosen, at=NOW))


def _names(owner: User) -> list[str]:
    return [view.name for view in views_of(owner.pk)]


def test_view_is_kept_as_it_was_chosen_and_the_log_tells_that(anna: User) -> None:
    row = _save(anna)
    [view] = views_of(anna.pk)
    assert (view.id, view.name, view.chosen, view_of(row.pk, owner=anna.pk)) == (
        row.pk, "Old members", CHOSEN, view,
    )  # fmt: skip
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.subject, entry.facts) == (
        "customers.view-saved", anna.pk, {"view": str(row.pk)},
    )  # fmt: skip


def test_name_and_tags_lie_under_the_persons_own_key(anna: User) -> None:
    content = bytes(_save(anna).content_sealed)
    anna.refresh_from_db()
    assert (vault.key_id_of(content), b"Old members" in content) == (anna.key_ref, False)
    assert anna.key_ref is not None
    vault.staff_keyring().destroy_keys([anna.key_ref])
    assert views_of(anna.pk) == []


def test_nobody_else_sees_changes_or_deletes_a_view(anna: User, bo: User) -> None:
    row = _save(anna)
    assert views_of(bo.pk) == []
    with pytest.raises(NoSuchView):
        view_of(row.pk, owner=bo.pk)
    with pytest.raises(NoSuchView):
        saved_views.rename_view(view=row.pk, owner=bo, name="Bo's", at=NOW)
    with pytest.raises(NoSuchView):
        saved_views.delete_view(view=row.pk, owner=bo, at=NOW)
    assert _names(anna) == ["Old members"]


def test_view_moved_to_another_person_does_not_open(anna: User, bo: User) -> None:
    row = _save(anna)
    SavedView.objects.filter(pk=row.pk).update(owner_ref=bo.pk)
    assert views_of(bo.pk) == []
    with pytest.raises(vault.CannotOpen):
        view_of(row.pk, owner=bo.pk)


def test_views_are_ordered_by_name_and_one_name_is_one_view(anna: User, bo: User) -> None:
    for name in ("ö", "B", "a"):
        _save(anna, name)
    _save(bo, "a")
    assert _names(anna) == ["a", "B", "ö"]
    with pytest.raises(saved_views.NameTaken):
        _save(anna, "A")
    assert len(_names(anna)) == 3


def test_view_is_renamed_and_keeps_what_it_chooses(anna: User) -> None:
    row, other = _save(anna), _save(anna, "Others")
    saved_views.rename_view(view=row.pk, owner=anna, name="Left us", at=NOW)
    assert view_of(row.pk, owner=anna.pk).chosen == CHOSEN
    with pytest.raises(saved_views.NameTaken):
        saved_views.rename_view(view=other.pk, owner=anna, name="left us", at=NOW)
    saved_views.rename_view(view=row.pk, owner=anna, name="LEFT US", at=NOW)
    assert _names(anna) == ["LEFT US", "Others"]


def test_view_is_deleted_once(anna: User) -> None:
    row = _save(anna)
    saved_views.delete_view(view=row.pk, owner=anna, at=NOW)
    assert _names(anna) == []
    with pytest.raises(NoSuchView):
        saved_views.delete_view(view=row.pk, owner=anna, at=NOW)


def test_fifty_views_are_kept_and_not_one_more(anna: User, bo: User) -> None:
    for number in range(saved_views.MOST_VIEWS):
        _save(anna, f"View {number:02}", Chosen())
    with pytest.raises(saved_views.TooManyViews, match="50"):
        _save(anna, "One more")
    _save(bo)
    assert len(_names(anna)) == 50


def test_damaged_view_hides_no_other(anna: User) -> None:
    damaged, _other = _save(anna, "Damaged"), _save(anna, "Whole")
    SavedView.objects.filter(pk=damaged.pk).update(content_sealed=b"\x01" * 60)
    assert _names(anna) == ["Whole"]


def test_code_of_another_version_is_left_out_of_what_is_chosen() -> None:
    told = Chosen.from_json({"status": "bankrupt", "sort": "size", "tags": ["vip"], "colour": "red"})
    assert told == Chosen(tags=("vip",))
    assert Chosen.from_json(CHOSEN.to_json()) == CHOSEN


def _held(person: User) -> list[list[tuple[str, object]]]:
    export = privacy.export_person(Subject(Kind.STAFF, person.pk), actor="system", at=NOW)
    [held] = [one for one in export.held if one.code == "customers.saved-views"]
    return [[(value.code, value.content) for value in part.values] for part in held.parts]


def test_who_asks_what_is_held_gets_his_views(anna: User, bo: User) -> None:
    _save(anna)
    _save(bo, "Everybody", Chosen())
    assert _held(anna) == [[("name", "Old members"), ("chosen", CHOSEN.to_json())]]
    assert _held(bo) == [[("name", "Everybody")]]


def test_erasing_a_person_erases_the_views(anna: User, bo: User) -> None:
    _save(anna)
    _save(bo)
    erased = privacy.erase_person(Subject(Kind.STAFF, bo.pk), actor="system", at=NOW)
    assert (erased["customers.saved-views"], SavedView.objects.get().owner_ref) == (1, anna.pk)


def test_view_that_never_was_is_no_view(anna: User) -> None:
    with pytest.raises(NoSuchView):
        view_of(uuid4(), owner=anna.pk)
