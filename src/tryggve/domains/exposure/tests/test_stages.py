"""How far a domain has come, each stretch by itself."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tryggve.domains.exposure.engine.ladder import Rung
from tryggve.domains.exposure.engine.mail import Asked
from tryggve.domains.exposure.engine.troubles import Advice, Trouble
from tryggve.domains.exposure.selectors import WatchedDomain
from tryggve.domains.exposure.stages import stages

AT = datetime(2026, 11, 23, tzinfo=UTC)


def _watched(
    *codes: Trouble | Advice, rung: Rung = Rung.REJECT, sends: bool = True, read_at: datetime | None = AT
) -> WatchedDomain:
    return WatchedDomain(
        uuid4(),
        Asked("annas.se", sends),
        read_at,
        tuple(code for code in codes if isinstance(code, Trouble)),
        tuple(code for code in codes if isinstance(code, Advice)),
        rung=rung,
    )


def _drawn(watched: WatchedDomain) -> str:
    """A letter a stretch: done, next, ahead."""
    return "".join("d" if one.is_reached else "n" if one.is_next else "-" for one in stages(watched))


@pytest.mark.parametrize(
    ("watched", "drawn"),
    [
        (_watched(), "dddddd"),
        (_watched(Trouble.SPF_MISSING, Trouble.DKIM_MISSING, rung=Rung.NO_RECORD), "n----d"),
        (_watched(Trouble.DMARC_NONE, rung=Rung.NONE), "dddn-d"),
        (_watched(Trouble.DMARC_NONE, Advice.DMARC_NO_REPORTS, rung=Rung.NONE), "ddn--d"),
        (_watched(Advice.DMARC_REPORTS_REFUSED), "ddnddd"),
        (_watched(Advice.SPF_PTR, Advice.STS_MISSING), "dddddn"),
        (_watched(Advice.TLS_RPT_MISSING, rung=Rung.QUARANTINE), "ddddn-"),
        (_watched(Advice.DMARC_NO_REPORTS, sends=False), "dd"),
        (_watched(Trouble.DMARC_NOT_REJECT, rung=Rung.NONE, sends=False), "dn"),
        (_watched(Trouble.NO_SUCH_DOMAIN, rung=Rung.NO_RECORD), ""),
        (_watched(read_at=None), ""),
    ],
)
def test_each_stretch_is_told_by_itself(watched: WatchedDomain, drawn: str) -> None:
    assert _drawn(watched) == drawn
