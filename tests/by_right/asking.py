"""Customers who ask for something by right, and what becomes of it."""

import io
import json
import zipfile
from datetime import date
from typing import Any
from uuid import UUID

from tests.cast import CILLA, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.rights.engine.case_letters import Letter
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.requests import case_answers, cases
from tryggve.domains.rights.services.requests.case_answers import Outcome, Way, Written

TODAY = date(2026, 3, 2)  # of the cast's clock
BY: dict[str, Any] = {"actor": MACHINE, "at": NOW, "reach": EVERYBODY}


def cilla() -> UUID:
    [customer] = add(CILLA)
    return customer


def asked(customer: UUID, kind: str = "ACCESS", *, received_on: date = TODAY, **facts: Any) -> UUID:
    """A request that came by mail."""
    told: dict[str, Any] = {
        "kind": Case.Kind(kind), "channel": Case.Channel.MAIL, "received_on": received_on,
        "words": "What do you know about me?", **BY, **facts,
    }  # fmt: skip
    return cases.open_case(customer=customer, **told)


def known(case: UUID, **facts: Any) -> UUID:
    """The same case, once it is sure who asks."""
    told: dict[str, Any] = {"how": cases.Identity.KNOWN, "why": "", **BY, **facts}
    cases.check_identity(case=case, seen_revision=revision_of(case), **told)
    return case


def revision_of(case: UUID) -> int:
    return Case.objects.get(pk=case).revision


def steps_of(case: UUID) -> list[str]:
    """The codes of what was done, in order."""
    return list(Case.objects.get(pk=case).steps.order_by("done_at", "pk").values_list("code", flat=True))


def letter(text: str = "Hello Cilla,\n\nWe have done it.\n\nKind regards\n", way: Way = Way.MAIL) -> Written:
    return Written(Letter("Your request", text), "en", way)


def answer(case: UUID, outcome: Outcome = Outcome.DONE, **facts: Any) -> UUID:
    told: dict[str, Any] = {"written": letter(), "reason": "", **BY, **facts}
    return case_answers.answer(case=case, seen_revision=revision_of(case), outcome=outcome, **told)


def package_of(case: UUID, *, language: str = "en") -> zipfile.ZipFile:
    """The package of a case, made and fetched."""
    packages.make_now(case=case, language=language, **BY)
    _package, pieces = packages.hand_out(case=case, reason="on a stick", **BY)
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def json_in(package: zipfile.ZipFile, name: str) -> Any:
    return json.loads(package.read(name))
