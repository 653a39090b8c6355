"""How long it takes from the owner's link until Today shows the first finding about the firm.

    .venv/bin/python -m bench.first_finding                        15 pairs of new programs; twenty minutes

Each time the real program on new folders, with SQLite. Somebody without think time follows the link, answers every
question of the first start, the firm's domain among them, and then loads Today twice a second until it says that
others can send mail in the firm's name. The name service and the website are on this computer: on the net each answer
takes some hundredths of a second more, and a name server that is silent up to twenty. Wall time, for it is about
waiting; the two of a pair are the same, and their ratio says how even the machine is. The start of the program itself
isn't counted: the link is printed when it has started.
"""

import argparse
import re
import time
from collections.abc import Mapping
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener  # noqa: TID251 - asks the product, and is none

from bench import measuring
from tests.outside_world import DOMAIN, OutsideWorld
from tests.program import TookTooLong
from tryggve.domains.access.engine import totp

_BAR = 120.0
_PATIENCE = 600.0
_BETWEEN_LOOKS = 0.5
_EVEN = (0.9, 1.1)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SECRET = re.compile(r'<span class="number">([^<]+)</span>')
_PASSWORD = "elva gröna kaffekoppar sjunger"  # noqa: S105 - of a firm that is thrown away
_ANSWERS = {
    "firm_name": "Annas Snickeri",
    "country": "SE",
    "owner_name": "Anna Ek",
    "email": "anna@example.se",
    "password": _PASSWORD,
    "password_again": _PASSWORD,
}


class _Somebody:
    """Whoever asks for pages, and sends the forms that stand on them."""

    def __init__(self, address: str) -> None:
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._address, self.page = address, ""

    def open(self, path: str, answers: Mapping[str, str] | None = None) -> None:
        """The page that comes in the end. Raises urllib.error.HTTPError."""
        told = urlencode(answers).encode() if answers is not None else None
        asked = Request(urljoin(self._address, path), told, {"Accept-Language": "en"})  # noqa: S310 - here
        with self._opener.open(asked, timeout=_PATIENCE) as answer:
            self._address, self.page = answer.geturl(), answer.read().decode()

    def send(self, path: str = "", **answers: str) -> None:
        """A form of this page, to itself or elsewhere."""
        self.open(path, {"csrfmiddlewaretoken": _found(_TOKEN, self.page), **answers})


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pairs", type=int, default=15)
    asked = options.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    with OutsideWorld() as world:
        pairs = [(_first_hour(world), _first_hour(world)) for _pair in range(asked.pairs)]
    _tell([answered for pair in pairs for answered, _found in pair], "all questions answered")
    found = [found for pair in pairs for _answered, found in pair]
    _tell(found, "the finding stands on Today")
    measuring.say(f"the longest: {max(found):.1f} s; bar {_BAR:.0f} s")
    even = measuring.quantile([first / second for (_, first), (_, second) in pairs], 50)
    said = "" if _EVEN[0] <= even <= _EVEN[1] else ": not decidable, run again"
    measuring.say(f"the same to the same: {even:.2f}{said}")
    measuring.say(f"load after: {measuring.load()}")


def _tell(seconds: list[float], what: str) -> None:
    measuring.say(f"{what:28} wall s {measuring.spread(seconds)}")


def _first_hour(world: OutsideWorld) -> tuple[float, float]:
    """Seconds from the link until all was answered, and until the finding stood on Today."""
    program = world.program(language="en")
    try:
        link = program.start()
        world.be_asked(program)
        anna, begun = _Somebody(program.address), time.perf_counter()
        _answer(anna, link)
        answered = time.perf_counter() - begun
        while not _has_finding(anna.page):
            if time.perf_counter() - begun > _PATIENCE:
                raise TookTooLong
            time.sleep(_BETWEEN_LOOKS)
            anna.open("/today/")
        return answered, time.perf_counter() - begun
    finally:
        program.clear()


def _answer(anna: _Somebody, link: str) -> None:
    """Every question, with the second factor set up."""
    anna.open(link)
    anna.send(**_ANSWERS)
    anna.open("/sign-in/set-up/?next=/welcome/")
    secret = _found(_SECRET, anna.page).replace(" ", "")
    anna.send(code=totp.code_of(secret, totp.step_at(time.time())))
    anna.send()
    anna.send(kept="yes")
    anna.send("/protection/websites/start/", told=DOMAIN, next="/welcome/")
    for step in ("recovery-kit", "mail", "customers"):
        anna.send(f"/welcome/{step}/")


def _has_finding(page: str) -> bool:
    """Whether one of the things to do next is that others can send mail in the firm's name, because they can."""
    tasks = page.split("<li")
    return any("/protection/MAI-01/" in task and "label-danger" in task for task in tasks)


def _found(what: re.Pattern[str], page: str) -> str:
    """What stands there. Raises LookupError for a page that isn't as it was."""
    if not (match := what.search(page)):
        raise LookupError(what.pattern)
    return match[1]


if __name__ == "__main__":
    main()
