"""Somebody of whom something stands wherever something can, each time with a word by which to know it again."""

from datetime import date
from io import BytesIO
from uuid import UUID

from tests.by_right import asking, consenting
from tests.by_right.asking import BY
from tests.cast import NOW
from tests.erasure.reading import ELSEWHERE, SEALED
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.selectors import sensitive
from tryggve.domains.customers.services import documents, imports, notes
from tryggve.domains.customers.tests import numbers
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of
from tryggve.domains.customers.tests.merging import merge
from tryggve.domains.outreach.engine.questions import Answers
from tryggve.domains.outreach.models import Feedback
from tryggve.domains.outreach.services import feedback
from tryggve.domains.rights.engine.case_letters import Letter
from tryggve.domains.rights.models import Keep
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.portal import sign_ups
from tryggve.domains.rights.services.requests.case_answers import Way, Written
from tryggve.domains.rights.services.retention import keeping, keeping_by_law

# What the law demands to keep outlives the customer.
BY_LAW = "rights.KeptByLaw.words_sealed"
# No list is being brought in; decisions about one hold ids alone; a message to many says nothing of one of them.
NOTHING_THERE = {
    "customers.Customer.pending_sealed",
    "customers.Import.decisions_sealed",
    "outreach.Mailing.words_sealed",
}
PLACES = {*SEALED, *ELSEWHERE} - NOTHING_THERE


def places_telling_of(marks: tuple[str, ...], lines: list[str]) -> set[str]:
    """Where anything is said of the one whom these words mark."""
    return {line.partition(":")[0] for line in lines if any(mark in line for mark in marks)}


def bring_lists(*people: tuple[str, Details]) -> None:
    """One list changes their cards, one has rows of theirs set aside, one waits for a yes."""
    bring_in(csv_of(*(f"{one.name};{one.emails[0]};;{word} drinks tea" for word, one in people)))
    bring_in(csv_of(*(f"{one.name};{word}-misspelt@;{one.phones[0]}" for word, one in people)))
    waiting = csv_of(*(f"{one.name};{one.emails[0]};;{word} waits" for word, one in people))
    imports.preview_file(name="a.csv", content=waiting, source="", actor=MACHINE, at=NOW)


def furnish(customer: UUID, word: str, number: IdentityNumber, newsletter: UUID) -> None:
    """All that can hang on a customer."""
    numbers.keep(customer, number)
    sensitive.sensitive_revealed(customer=customer, reason=f"{word} called", **BY)
    notes.add_note(customer=customer, text=f"Ring {word}", **BY)
    documents.add_document(customer=customer, name=f"{word}.txt", source=BytesIO(word.encode()), **BY)
    keeping.keep(customer=customer, kind=Keep.Kind.LONGER, reason=f"{word} owes us", until=None, **BY)
    keeping_by_law.write_down(
        customer=customer, rule="se-bookkeeping", counted_from=date(2025, 12, 31), words=f"{word} paid", **BY
    )
    consenting.say(customer, newsletter)
    merge(customer, add(Details(name=f"{word} as a guest"))[0])
    _ask_what_is_held(customer, word)
    _tell_what_to_do_better(customer, word)


def sign_up_again(address: str, word: str, newsletter: UUID) -> None:
    """By the form on the website; the button is never pressed."""
    typed = sign_ups.Typed(name=word, email=address)
    sign_ups.ask(typed=typed, purposes=[newsletter], language="en", source="form", at=NOW)


def _ask_what_is_held(customer: UUID, word: str) -> None:
    case = asking.known(asking.asked(customer, words=f"Hello from {word}"))
    packages.make_now(case=case, language="en", **BY)
    letter = Letter("Your request", f"Hello {word},\n\nIt is done.\n\nBye\n")
    asking.answer(case, written=Written(letter, "en", Way.MAIL))


def _tell_what_to_do_better(customer: UUID, word: str) -> None:
    answers: Answers = {"safe": 1, "better": f"{word} wants locks"}
    told = feedback.give(customer=customer, answers=answers, channel=Feedback.Channel.PORTAL, at=NOW)
    feedback.follow_up(
        feedback=told, seen_revision=1, state=Feedback.State.CALLED, words=f"Spoke to {word}", **BY
    )
