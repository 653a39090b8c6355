"""A name service that is silent or talks nonsense, asked by each control: nothing is known, and others go on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from tryggve.controls import registry
from tryggve.controls.models import Evidence
from tryggve.controls.tests import here
from tryggve.domains.exposure.asking import looking
from tryggve.domains.exposure.asking.name_service import NameService
from tryggve.domains.exposure.services import domains, measuring, sites
from tryggve.domains.exposure.tests import name_server
from tryggve.domains.exposure.tests.a_firm import WHO, firm_here, now
from tryggve.domains.exposure.tests.name_server import Lie, NameServer

__all__ = ["firm_here", "now"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm_here")]
_PATIENCE = 0.7


@pytest.fixture
def usual_patience(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Until it is called, each question has less time than usual, so that the tests needn't wait."""
    monkeypatch.setattr(looking, "NameService", partial(NameService, seconds=_PATIENCE))
    return partial(monkeypatch.setattr, looking, "NameService", NameService)


@pytest.fixture
def measured(now: datetime) -> Callable[[str], Evidence]:
    return lambda control: here.measure(control, at=now)


@pytest.mark.parametrize("control", measuring.ALL)
@pytest.mark.parametrize("lie", [name_server.silence, name_server.garbage])
def test_what_cant_be_asked_is_unknown_and_hides_nothing_that_is_wrong_elsewhere(
    names: NameServer,
    measured: Callable[[str], Evidence],
    usual_patience: Callable[[], None],
    now: datetime,
    control: str,
    lie: Lie,
) -> None:
    domains.add(told="annas.se", selectors=["egen"], actor=WHO, at=now)
    sites.add(told="annas.se", actor=WHO, at=now)
    names.lies["annas.se"] = lie
    found = measured(control)
    assert (found.verdict, found.cause) == ("", "no-dns")
    assert "no-dns" in registry.measures()[control].causes

    domains.add(told="bos.se", selectors=[], actor=WHO, at=now)
    sites.add(told="bos.se", actor=WHO, at=now)
    names.records |= {"bos.se A": ["10.0.0.1"], "bos.se NS": ["ns1.loopia.se."]}
    found = measured(control)
    assert (found.verdict, found.facts["open"], found.facts["unread"]) == ("FAILING", 1, 1)

    names.lies.clear()
    usual_patience()
    found = measured(control)
    assert (found.facts["open"], found.facts["unread"]) == (1, 0)
