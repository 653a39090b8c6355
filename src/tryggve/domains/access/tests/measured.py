"""What a protection of this part comes to, and how it then stands."""

from datetime import datetime

import pytest

from tryggve.accounts.models import User
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here


def outcome(control: str, at: datetime) -> str:
    """Measured now: the verdict with what is wrong, if anything is, or why there is none."""
    found = here.measure(control, at=at)
    return " ".join(filter(None, [found.verdict or found.cause, str(found.facts.get("wrong", ""))]))


def state(control: str, at: datetime) -> State:
    return selectors.protections(now=at)[control].standing.state


def require_not_attestable(control: str, *, by: User, at: datetime) -> None:
    """Nobody's word is asked."""
    with pytest.raises(services.NotAttestable):
        services.attest(control=control, by=by, note="Trust me.", until=None, at=at)
