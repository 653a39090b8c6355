import pytest

from tryggve.lib.ids import new_id
from tryggve.privacy import registry
from tryggve.privacy.subjects import Kind
from tryggve.privacy.tests.planted import Notes

pytestmark = pytest.mark.usefixtures("no_holdings")


def test_holdings_are_listed_by_whom_they_are_about() -> None:
    of_customers = Notes().holding("privacy.notes")
    of_all = Notes().holding("privacy.letters", kinds=frozenset(Kind))
    registry.register(of_customers)
    registry.register(of_all)

    assert registry.holdings() == [of_customers, of_all]
    assert registry.holdings(Kind.CUSTOMER) == [of_customers, of_all]
    assert registry.holdings(Kind.STAFF) == [of_all]


@pytest.mark.parametrize("code", ["notes", "privacy.Notes", "privacy.old_notes", "a.b.c"])
def test_holding_with_a_code_in_another_form_raises(code: str) -> None:
    with pytest.raises(registry.BadHolding, match=r"domain\.what"):
        registry.register(Notes().holding(code))


def test_holding_declared_twice_raises() -> None:
    registry.register(Notes().holding())
    with pytest.raises(registry.BadHolding, match="twice"):
        registry.register(Notes().holding())


def test_holding_about_nobody_raises() -> None:
    with pytest.raises(registry.BadHolding, match="nobody"):
        registry.register(Notes().holding(kinds=frozenset()))


def test_what_ends_with_the_key_is_erased_by_nothing_else() -> None:
    assert registry.with_the_key(new_id()) == 0
