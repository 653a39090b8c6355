"""The way to our own address and to the firm's sites: listened to for real, with old ways, old keys and no keys."""

import dataclasses
import ssl
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tryggve.accounts.models import User
from tryggve.controls import selectors as protections
from tryggve.controls import services as protecting
from tryggve.controls.engine.standing import State
from tryggve.controls.models import Evidence
from tryggve.controls.tests import here
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.engine import encryption
from tryggve.domains.exposure.engine.encryption import Handshake, Key, Weakness
from tryggve.domains.exposure.engine.web import Certificate, Hole
from tryggve.domains.exposure.services import resolvers, sites
from tryggve.domains.exposure.tests import name_server, web_server
from tryggve.domains.exposure.tests.authority import Authority
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.web_server import Websites

pytestmark = pytest.mark.django_db
WHO = "machine:anna"
DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    # Certificates hold by the real clock, which the handshake reads itself.
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def web_here(names: NameServer, reach: Reach, settings: Settings, now: datetime) -> None:
    """The way to annas.se leads to this computer."""
    settings.EXPOSURE_REACH = reach
    resolvers.choose(servers=[f"127.0.0.1#{names.server.port}"], actor=WHO, at=now)
    names.records = {"annas.se A": ["127.0.0.1"]}


@pytest.fixture
def site(now: datetime) -> None:
    sites.add(told="annas.se", actor=WHO, at=now)


@pytest.fixture
def own(authority: Authority, settings: Settings) -> Iterator[Websites]:
    """Our own address, encrypted."""
    with Websites(authority.context("localhost")) as served:
        settings.ORIGIN = f"https://localhost:{served.https}"
        yield served


@pytest.fixture
def measured(now: datetime) -> Callable[[], Evidence]:
    return lambda: here.measure("CRY-02", at=now)


@pytest.fixture
def answered_by(settings: Settings, reach: Reach) -> Iterator[Callable[[ssl.SSLContext], None]]:
    """Lets the sites be answered by a server with that context."""
    opened: list[Websites] = []

    def answer(context: ssl.SSLContext) -> None:
        opened.append(Websites(context).__enter__())
        settings.EXPOSURE_REACH = dataclasses.replace(reach, https=opened[-1].https)

    yield answer
    for one in opened:
        one.__exit__()


def _old(context: ssl.SSLContext) -> ssl.SSLContext:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _without_forward_secrecy_of_today(context: ssl.SSLContext) -> ssl.SSLContext:
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-ECDSA-AES256-SHA384")
    return context


@pytest.mark.usefixtures("site", "own")
def test_ways_that_are_safe_are_proven(measured: Callable[[], Evidence]) -> None:
    found = measured()

    assert (found.verdict, found.cause) == ("PROVED", "")
    assert found.facts == {
        "addresses": 2, "is_own_tried": True, "open": 0, "unread": 0, "encryption": "tlsv1-3",
        "days_left": 59, "is_old_tried": True,
    }  # fmt: skip


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("broken", "wrong"),
    [
        (lambda by: _old(by.context("annas.se")), "old-ways"),
        (lambda by: _without_forward_secrecy_of_today(by.context("annas.se")), "weak-cipher"),
        (lambda by: by.context("annas.se", begins=-60 * DAY, ends=-DAY), "certificate-expired"),
        (lambda by: by.context("annas.se", begins=-60 * DAY, ends=5 * DAY), "certificate-ends"),
        (lambda by: by.context("bos.se"), "certificate-other-name"),
    ],
)
def test_a_way_that_is_broken_fails_until_it_is_mended(
    measured: Callable[[], Evidence],
    authority: Authority,
    answered_by: Callable[[ssl.SSLContext], None],
    broken: Callable[[Authority], ssl.SSLContext],
    wrong: str,
) -> None:
    answered_by(broken(authority))
    found = measured()
    assert (found.verdict, found.facts["wrong"], found.facts["open"]) == ("FAILING", wrong, 1)

    answered_by(authority.context("annas.se"))
    assert measured().verdict == "PROVED"


@pytest.mark.usefixtures("site")
def test_a_certificate_that_nobody_trusts_fails(
    measured: Callable[[], Evidence],
    tmp_path_factory: pytest.TempPathFactory,
    answered_by: Callable[[ssl.SSLContext], None],
) -> None:
    mallory = Authority(Path(tmp_path_factory.mktemp("mallory")))
    answered_by(mallory.context("annas.se"))

    assert measured().facts["wrong"] == "certificate-untrusted"


def test_our_own_address_counts_as_the_sites_do(
    measured: Callable[[], Evidence], authority: Authority, settings: Settings
) -> None:
    with Websites(authority.context("localhost", begins=-60 * DAY, ends=-DAY)) as served:
        settings.ORIGIN = f"https://localhost:{served.https}"
        broken = measured()
    assert (broken.verdict, broken.facts["wrong"], broken.facts["is_own_tried"]) == (
        "FAILING", "certificate-expired", True,
    )  # fmt: skip

    with Websites(authority.context("localhost")) as served:
        settings.ORIGIN = f"https://localhost:{served.https}"
        assert (measured().verdict, measured().facts["addresses"]) == ("PROVED", 1)


def test_nobodys_word_turns_it_green(
    anna: User,
    site: None,
    measured: Callable[[], Evidence],
    authority: Authority,
    answered_by: Callable[[ssl.SSLContext], None],
    now: datetime,
) -> None:
    answered_by(_old(authority.context("annas.se")))
    measured()

    protecting.attest(control="CRY-02", by=anna, note="", until=None, at=now)

    standing = protections.protection("CRY-02", now=now).standing
    assert (standing.state, standing.is_attested, standing.disagrees) == (State.FAILING, True, True)


def test_a_firm_with_nothing_to_look_at_is_unknown(
    measured: Callable[[], Evidence], settings: Settings
) -> None:
    settings.ORIGIN = "http://localhost:8000"

    assert (measured().verdict, measured().cause) == ("", "nothing-encrypted")


@pytest.mark.usefixtures("site")
def test_a_name_service_that_fails_is_no_failure_of_the_firms(
    measured: Callable[[], Evidence], names: NameServer
) -> None:
    names.lies["annas.se"] = name_server.failure

    assert (measured().verdict, measured().cause) == ("", "broken-dns")


@pytest.mark.usefixtures("site", "own")
def test_one_that_hangs_hides_no_other(
    measured: Callable[[], Evidence], now: datetime, settings: Settings, names: NameServer, reach: Reach
) -> None:
    sites.add(told="bos.se", actor=WHO, at=now)
    names.records["bos.se A"] = ["10.0.0.1"]
    settings.EXPOSURE_REACH = dataclasses.replace(reach, seconds=5)

    found = measured()

    assert (found.verdict, found.facts["wrong"], found.facts["open"], found.facts["addresses"]) == (
        "FAILING", "private-address", 1, 3,
    )  # fmt: skip


def test_what_answers_without_encryption_fails(
    site: None, measured: Callable[[], Evidence], settings: Settings, reach: Reach, websites: Websites
) -> None:
    websites.open_pages["annas.se/"] = web_server.page()
    settings.EXPOSURE_REACH = dataclasses.replace(reach, https=reach.http)

    assert measured().facts["wrong"] == "no-encryption"


_GOOD = Handshake(
    "TLSv1.2",
    "ECDHE-RSA-AES128-GCM-SHA256",
    Certificate(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
    Key("rsa", 2048, "sha256"),
    takes_old=False,
)


@pytest.mark.parametrize(
    ("found", "faults"),
    [
        (_GOOD, ()),
        (dataclasses.replace(_GOOD, version="TLSv1.3", cipher="TLS_AES_128_GCM_SHA256"), ()),
        (dataclasses.replace(_GOOD, cipher="ECDHE-RSA-CHACHA20-POLY1305"), ()),
        (dataclasses.replace(_GOOD, cipher="AES128-GCM-SHA256"), (Weakness.WEAK_CIPHER,)),
        (dataclasses.replace(_GOOD, cipher="ECDHE-RSA-AES128-SHA"), (Weakness.WEAK_CIPHER,)),
        (dataclasses.replace(_GOOD, key=Key("rsa", 1024, "sha256")), (Weakness.SHORT_KEY,)),
        (dataclasses.replace(_GOOD, key=Key("ec", 192, "sha256")), (Weakness.SHORT_KEY,)),
        (dataclasses.replace(_GOOD, key=Key("rsa", 2048, "sha1")), (Weakness.OLD_SIGNATURE,)),
        (dataclasses.replace(_GOOD, key=Key("ed", 256, "")), ()),
        (dataclasses.replace(_GOOD, takes_old=True), (Weakness.OLD_WAYS,)),
        (dataclasses.replace(_GOOD, takes_old=None), ()),
    ],
)
def test_the_floor_is_that_of_today(found: Handshake, faults: tuple[Weakness, ...]) -> None:
    judged = encryption.judged(found, datetime(2026, 2, 1, tzinfo=UTC))

    assert (judged.faults, judged.is_old_tried) == (faults, found.takes_old is not None)


def test_a_certificate_that_ends_soon_is_told() -> None:
    judged = encryption.judged(_GOOD, datetime(2026, 3, 25, tzinfo=UTC))

    assert (judged.faults, judged.days_left) == ((Hole.CERTIFICATE_ENDS,), 7)
