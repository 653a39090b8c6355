import pytest

from tryggve.audit import registry

pytestmark = pytest.mark.usefixtures("vocabulary")


def test_declare_gives_the_action_that_actions_lists() -> None:
    erased = registry.declare("customers.customer-erased", "A customer was erased", "files", "kind")

    assert dict(registry.actions()) == {"customers.customer-erased": erased}
    assert erased.domain == "customers"
    assert erased.facts == {"files", "kind"}


def test_declare_same_code_twice_raises() -> None:
    registry.declare("customers.customer-erased", "A customer was erased")

    with pytest.raises(registry.BadDeclaration, match="twice"):
        registry.declare("customers.customer-erased", "Someone else's idea of it")


@pytest.mark.parametrize(
    "code",
    [
        "erased",
        "customers.",
        "Customers.erased",
        "customers.Erased",
        "customers.was_erased",
        "customers.x-",
        "c.d.e",
        "customers." + "x" * 60,
    ],
)
def test_declare_code_in_another_form_raises(code: str) -> None:
    with pytest.raises(registry.BadDeclaration, match="past-tense"):
        registry.declare(code, "Something happened")


@pytest.mark.parametrize("fact", ["actor", "at", "subject", "action", "Name", "two words", ""])
def test_declare_fact_that_record_cannot_take_raises(fact: str) -> None:
    with pytest.raises(registry.BadDeclaration, match="fact"):
        registry.declare("customers.customer-erased", "A customer was erased", fact)
