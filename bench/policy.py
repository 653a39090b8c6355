"""What it costs that every request is judged: an empty page for who has signed in.

    .venv/bin/python -m bench.policy                               15 pairs of 200 requests

*plain* is an empty page of Django's own with session, form protection and ``login_required``; *ours* the same page
behind all that Tryggve puts before one; *no gate* is ours without the gate, so that the difference is what the
policy costs with its look at session and device. The three take turns in one process on one register in SQLite;
CPU time. Queries are counted apart.

*A look-up* asks a table of 700,000 networks, about what databases of countries hold, where an address is; it comes
once for a session and network, not at each request.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import measuring, pages
from bench.vault_insert import NOW

_PLAIN = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
_GATE = "tryggve.accounts.gate.PermissionGate"
_URLS = "bench.policy_pages"
_NETWORKS = 700_000
_LOOK_UPS = 1_000


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pairs", type=int, default=15)
    options.add_argument("--requests", type=int, default=200)
    asked = options.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    with tempfile.TemporaryDirectory() as home:
        _measure(Path(home), asked.pairs, asked.requests)
        _measure_look_up(asked.pairs)
    measuring.say(f"load after: {measuring.load()}")


def _measure(home: Path, pairs: int, requests: int) -> None:
    measuring.begin_register(home)
    cookies, all_of_it = _signed_in(), _middleware()
    ways = {
        "plain": _way(_PLAIN, "/plain/", cookies),
        "no gate": _way([one for one in all_of_it if one != _GATE], "/ours/", cookies),
        "ours": _way(all_of_it, "/ours/", cookies),
    }
    measuring.say(f"queries: { {name: pages.queries(ask) for name, ask in ways.items()} }")
    found = pages.costs(ways, pairs=pairs, requests=requests)
    for name, costs in found.items():
        ratios = [cost / plain for cost, plain in zip(costs, found["plain"], strict=True)]
        measuring.say(f"{name:10} CPU µs {measuring.spread(costs)}  to plain {measuring.spread(ratios)}")
    gate = [ours - without for ours, without in zip(found["ours"], found["no gate"], strict=True)]
    measuring.say(f"the gate   CPU µs {measuring.spread(gate)}")


def _measure_look_up(rounds: int) -> None:
    from tryggve.accounts.addresses import place_of, places, table  # noqa: PLC0415

    each = 2**32 // _NETWORKS
    ranges = [
        (number * each, number * each + each - 1, "SEDK"[number % 2 * 2 :][:2]) for number in range(_NETWORKS)
    ]
    places.countries_path().parent.mkdir()
    places.countries_path().write_bytes(table.written({4: ranges}, made=0))
    costs = []
    for number in range(rounds):
        before = time.process_time()
        for turn in range(_LOOK_UPS):
            place_of(f"8.{number}.{turn // 256}.{turn % 256}")
        costs.append((time.process_time() - before) / _LOOK_UPS * 1_000_000)
    measuring.say(f"a look-up  CPU µs {measuring.spread(costs)}")


def _middleware() -> list[str]:
    from django.conf import settings  # noqa: PLC0415

    return list(settings.MIDDLEWARE)


def _signed_in() -> str:
    from tests import signing_in  # noqa: PLC0415
    from tryggve.accounts import services  # noqa: PLC0415
    from tryggve.accounts.roles import Role  # noqa: PLC0415
    from tryggve.domains.setup.models import Firm  # noqa: PLC0415

    Firm.objects.create(pk=1, name="Bench", country="SE", language="en", claimed_at=NOW)
    anna = services.create_user(
        email="anna@example.se",
        password=None,
        name="Anna",
        language="en",
        role=Role.OWNER,
    )
    browser = signing_in.browser_of(anna)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())


def _way(middleware: list[str], path: str, cookies: str) -> Callable[[], None]:
    """One request through these layers."""
    from django.conf import settings  # noqa: PLC0415

    settings.MIDDLEWARE, settings.ROOT_URLCONF = middleware, _URLS
    return pages.way(path, cookies)


if __name__ == "__main__":
    main()
