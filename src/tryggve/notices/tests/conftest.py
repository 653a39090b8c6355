from collections.abc import Iterator

import pytest

from tryggve.notices import registry, services
from tryggve.notices.models import Security
from tryggve.notices.registry import Kind
from tryggve.notices.tests.certificates import Authority
from tryggve.notices.tests.post_office import PostOffice
from tryggve.notices.tests.sending import lead_to


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer trusts the made-up authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server without encryption on this computer."""
    office = PostOffice()
    office.open()
    yield office
    office.close()


@pytest.fixture
def settings_for(office: PostOffice) -> PostOffice:
    """A server that the settings lead to."""
    lead_to(office.port)
    return office


@pytest.fixture(params=[Security.STARTTLS, Security.TLS])
def closed_office(request: pytest.FixtureRequest, authority: Authority) -> Iterator[PostOffice]:
    """One that encrypts and wants a password."""
    office = PostOffice(security=request.param, context=authority.server_context())
    office.open()
    yield office
    office.close()


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """A kind of notice of the test's own, and nobody who sends at once."""
    monkeypatch.setattr(registry, "_kinds", dict(registry.kinds()))
    monkeypatch.setattr(services, "_couriers", [])
    return registry.declare(
        "notices.made-up",
        "Made up",
        subject="Test mail from %(firm)s",
        template="setup/notices/test_mail.txt",
    )
