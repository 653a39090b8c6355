"""What Today costs with all sixty protections, to an empty page of the product.

    .venv/bin/python -m bench.today                                15 pairs of 100 requests

*empty* is the frame that every page has (header, menu, search box, account) and nothing in it; *today* is Today of an
owner, with every protection measured that this version measures, every third of them failing, a word for every other of
the rest, duties that are due, a month of days and a night. *empty again* is the same empty page, to see how even the
machine is. They take turns in one process on one register in SQLite; CPU time. Queries are counted apart.
"""

import argparse
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import measuring, pages

_URLS = "bench.today_pages"
_WAYS = {"empty": "/empty/", "today": "/today/", "empty again": "/empty/"}


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pairs", type=int, default=15)
    options.add_argument("--requests", type=int, default=100)
    asked = options.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    with tempfile.TemporaryDirectory() as home:
        _measure(Path(home), asked.pairs, asked.requests)
    measuring.say(f"load after: {measuring.load()}")


def _measure(home: Path, pairs: int, requests: int) -> None:
    measuring.begin_register(home)
    cookies = _furnished()
    ways = {name: pages.way(path, cookies) for name, path in _WAYS.items()}
    measuring.say(f"queries: { {name: pages.queries(ask) for name, ask in ways.items()} }")
    found = pages.costs(ways, pairs=pairs, requests=requests)
    for name, costs in found.items():
        ratios = [cost / empty for cost, empty in zip(costs, found["empty"], strict=True)]
        measuring.say(f"{name:12} CPU µs {measuring.spread(costs)}  to empty {measuring.spread(ratios)}")


def _furnished() -> str:
    """The cookies of an owner who has much to look at."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tests import signing_in  # noqa: PLC0415
    from tryggve.accounts import services as accounts  # noqa: PLC0415
    from tryggve.accounts.roles import Role  # noqa: PLC0415
    from tryggve.domains.setup.models import Firm  # noqa: PLC0415

    settings.ROOT_URLCONF = _URLS
    now = timezone.now()  # noqa: TID251 - when the pages are looked at
    Firm.objects.create(pk=1, name="Bench", country="SE", language="en", claimed_at=now)
    anna = accounts.create_user(
        email="anna@example.se", password=None, name="Anna", language="en", role=Role.OWNER
    )
    _measure_everything(now)
    _vouch(anna, now)
    _plan(now)
    browser = signing_in.browser_of(anna)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())


def _measure_everything(now: datetime) -> None:
    from tryggve.controls import registry  # noqa: PLC0415
    from tryggve.controls.answers import Outcome  # noqa: PLC0415
    from tryggve.controls.engine.verdict import Verdict  # noqa: PLC0415
    from tryggve.controls.tests import here  # noqa: PLC0415

    for number, control in enumerate(registry.measures()):
        verdict = Verdict.OBSERVED if number % 3 else Verdict.FAILING
        here.keep(control, Outcome(verdict=verdict), at=now - timedelta(minutes=2))


def _vouch(by: Any, now: datetime) -> None:
    from tryggve.controls import catalogue, registry, services  # noqa: PLC0415

    unmeasured = [one for one in catalogue.controls() if one.id not in registry.measures()]
    for one in unmeasured[::2]:
        if catalogue.words(one.id, "en").attest:
            services.attest(control=one.id, by=by, note="seen", until=None, at=now)


def _plan(now: datetime) -> None:
    from tryggve.domains.protection.models import FirstPage  # noqa: PLC0415
    from tryggve.routines.duties.services import planning  # noqa: PLC0415

    planning.plan(at=now)
    FirstPage.objects.update_or_create(
        pk=1,
        defaults={
            "night_on": now.astimezone().date(),
            "night_counts": {"controls.measured": 300, "protections": 20, "controls.finding-opened": 1},
            "trend": {"month": [[days, 43] for days in range(30)]},
        },
    )


if __name__ == "__main__":
    main()
