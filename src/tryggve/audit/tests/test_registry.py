import pytest

from tryggve.audit import registry

pytestmark = pytest.mark.usefixtures("vocabulary")


def test_declare_gives_the_action_that_actions_lists() -> None:
    erased = registry.declare("customers.customer-erased", "A customer was erased", files=int, kind=str)

    assert dict(registry.actions()) == {"customers.customer-erased": erased}
    assert erased.domain == "customers"
    assert erased.facts == {"files": int, "kind": str}


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


@pytest.mark.parametrize("fact", ["actor", "at", "subject", "action", "details", "Name", "two words", ""])
def test_declare_fact_that_record_cannot_take_raises(fact: str) -> None:
    with pytest.raises(registry.BadDeclaration, match="fact"):
        registry.declare("customers.customer-erased", "A customer was erased", **{fact: int})


@pytest.mark.parametrize("kind", [float, dict, list, list[int], bytes, "str"])
def test_declare_fact_of_a_type_that_may_hold_text_raises(kind: type) -> None:
    with pytest.raises(registry.BadDeclaration, match="type"):
        registry.declare("customers.customer-erased", "A customer was erased", kind=kind)
