from collections.abc import Mapping, Sequence

import pytest

from tryggve.domains.exposure import mail_hosts
from tryggve.domains.exposure.engine import mail
from tryggve.domains.exposure.engine.mail import Asked, Level, MailFindings
from tryggve.domains.exposure.engine.questions import Unread
from tryggve.domains.exposure.engine.troubles import Advice, Trouble
from tryggve.domains.exposure.tests.test_dkim import rsa
from tryggve.domains.exposure.tests.zone import Zone

STS = "version: STSv1\nmode: enforce\nmx: mx.loopia.se\nmax_age: 604800\n"


def whole() -> dict[str, Sequence[str]]:
    """The records of a domain with which all is well."""
    return {
        "annas.se NS": ["ns1.loopia.se"],
        "annas.se MX": ["mx.loopia.se"],
        "annas.se TXT": ["v=spf1 ip4:192.0.2.1 -all"],
        "egen._domainkey.annas.se TXT": [rsa(2048)],
        "_dmarc.annas.se TXT": ["v=DMARC1; p=reject; rua=mailto:dmarc@annas.se"],
        "_mta-sts.annas.se TXT": ["v=STSv1; id=1"],
        "_smtp._tls.annas.se TXT": ["v=TLSRPTv1; rua=mailto:tls@annas.se"],
    }


def look(records: Mapping[str, Sequence[str]], *, sends: bool = True) -> MailFindings:
    return mail.look(
        Zone(records), lambda _name: STS, mail_hosts.known(), Asked("annas.se", sends, ("egen",))
    )


def test_a_domain_with_which_all_is_well() -> None:
    found = look(whole())

    assert (found.troubles, found.advice, found.level) == ((), (), Level.ENCRYPTED)
    assert (found.mail_host, found.dns_host) == ("loopia", "loopia")


@pytest.mark.parametrize(
    ("key", "level"),
    [
        ("annas.se TXT", Level.NOTHING),
        ("egen._domainkey.annas.se TXT", Level.SENDERS_NAMED),
        ("_dmarc.annas.se TXT", Level.SIGNED),
        ("_smtp._tls.annas.se TXT", Level.REFUSED),
    ],
)
def test_a_domain_is_as_far_as_its_first_gap(key: str, level: Level) -> None:
    assert look({**whole(), key: []}).level == level


@pytest.mark.parametrize(
    ("record", "level"),
    [
        ("v=DMARC1; p=none; rua=mailto:a@annas.se", Level.WATCHED),
        ("v=DMARC1; p=quarantine; rua=mailto:a@annas.se", Level.SUSPECT_ASIDE),
        ("v=DMARC1; p=reject; sp=none; rua=mailto:a@annas.se", Level.WATCHED),
    ],
)
def test_a_domain_is_as_far_as_its_policy(record: str, level: Level) -> None:
    assert look({**whole(), "_dmarc.annas.se TXT": [record]}).level == level


def test_a_domain_that_is_gone_has_that_one_trouble() -> None:
    assert look({}).troubles == (Trouble.NO_SUCH_DOMAIN,)


def test_a_domain_that_sends_nothing_must_say_so_to_all() -> None:
    resting = {
        "annas.se NS": ["ns1.loopia.se"],
        "annas.se MX": [""],
        "annas.se TXT": ["v=spf1 -all"],
        "_dmarc.annas.se TXT": ["v=DMARC1; p=reject; rua=mailto:a@annas.se"],
    }

    assert look(resting, sends=False).troubles == ()
    assert look({**resting, "annas.se TXT": ["v=spf1 mx -all"]}, sends=False).troubles == (Trouble.SPF_SENDS,)
    quarantine = {"_dmarc.annas.se TXT": ["v=DMARC1; p=quarantine"]}
    assert look({**resting, **quarantine}, sends=False).troubles == (Trouble.DMARC_NOT_REJECT,)
    assert look({**resting, "annas.se MX": []}, sends=False).advice == (Advice.NULL_MX_MISSING,)


@pytest.mark.parametrize(
    "silent", ["annas.se", "egen._domainkey.annas.se", "_dmarc.annas.se", "_mta-sts.annas.se"]
)
def test_a_domain_of_which_a_part_cannot_be_asked_is_not_known(silent: str) -> None:
    with pytest.raises(Unread):
        mail.look(
            Zone(whole(), silent=[silent]),
            lambda _n: STS,
            mail_hosts.known(),
            Asked("annas.se", True, ("egen",)),
        )
