"""A company's purposes, as the tests of purposes and notices begin with them."""

from datetime import datetime
from uuid import UUID

from tests.cast import NOW
from tryggve.domains.rights.engine.starter import starter_set
from tryggve.domains.rights.selectors.purposes import purposes as selectors
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.domains.rights.services.purposes import firm_details, notices, purposes

MACHINE = "machine:test"
REACHED = {
    "number": "",
    "address": "Storgatan 1, Umeå",
    "email": "hej@annas.example",
    "phone": "",
    "officer": "",
    "joint": "",
    "measures": ["updates"],
}


def choose(*codes: str, kind: str = "craft") -> list[str]:
    """Those codes of the kind's set; all usual ones when none is named."""
    wanted = codes or tuple(one.code for one in starter_set(kind, country="SE"))
    return purposes.choose_starters(firm_kind=kind, codes=wanted, actor=MACHINE, at=NOW)


def write_details(**other: object) -> None:
    firm_details.change_firm_details(**(REACHED | other), actor=MACHINE, at=NOW)  # type: ignore[arg-type]


def publish(*languages: str, at: datetime = NOW) -> list[int | None]:
    return [
        notices.publish(language=one, actor=MACHINE, at=at)  # type: ignore[arg-type]
        for one in languages or ("sv",)
    ]


def codes() -> list[str]:
    """Of those in use, in order."""
    return [one.code for one in selectors.purposes_in_use()]


def called(code: str) -> Kept:
    return next(one for one in selectors.purposes_in_use() if one.code == code)


def id_of(code: str) -> UUID:
    return called(code).id
