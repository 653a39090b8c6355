from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.sensitive import Sensitive, joined

SWEDISH, DANISH = IdentityNumber("se_personal", "196408233234"), IdentityNumber("dk_personal", "2110625629")
_texts = st.text(max_size=20)
_documents = st.builds(
    Sensitive,
    numbers=st.lists(st.builds(IdentityNumber, st.sampled_from(["se_personal", "fi_personal"]), _texts)).map(
        tuple
    ),
    custom=st.lists(st.tuples(_texts, _texts)).map(tuple),
)


@given(_documents)
def test_document_is_read_as_it_was_written(document: Sensitive) -> None:
    assert Sensitive.from_bytes(document.to_bytes()) == document


def test_empty_document_is_nothing() -> None:
    assert (bool(Sensitive()), Sensitive().to_bytes()) == (False, b"{}")
    assert (bool(Sensitive((SWEDISH,))), bool(Sensitive(custom=(("a", "b"),)))) == (True, True)


def test_two_documents_of_one_customer_are_joined_and_the_kept_one_answers() -> None:
    kept = Sensitive((SWEDISH,), (("allergies", "nuts"),))
    other = Sensitive((SWEDISH, DANISH), (("allergies", "milk"), ("shoe", "43")))
    assert joined(kept, other) == Sensitive((SWEDISH, DANISH), (("allergies", "nuts"), ("shoe", "43")))
    assert joined(kept, Sensitive()) == joined(Sensitive(), kept) == kept
