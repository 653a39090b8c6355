from collections.abc import Mapping
from enum import StrEnum

import pytest

from tryggve.domains.exposure import mail_hosts, mail_words, web_words
from tryggve.domains.exposure.engine import names, spf
from tryggve.domains.exposure.engine.dmarc import Policy
from tryggve.domains.exposure.engine.ladder import Wait
from tryggve.domains.exposure.engine.troubles import Advice, Trouble
from tryggve.domains.exposure.engine.web import Hole, Tip


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (mail_words.TROUBLES, Trouble),
        (mail_words.ADVICE, Advice),
        (mail_words.WAITS, Wait),
        (web_words.HOLES, Hole),
        (web_words.TIPS, Tip),
    ],
)
def test_every_code_has_words(words: Mapping[str, object], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


def test_every_policy_has_words() -> None:
    assert set(mail_words.POLICIES) == {policy.code for policy in Policy}


def test_every_known_host_could_be_written_into_a_list_of_senders() -> None:
    hosts = mail_hosts.known()

    assert [
        host.code for host in hosts.known if host.spf and spf.read(f"v=spf1 {host.spf} ~all").ending != "~"
    ] == []
    assert [
        name for host in hosts.known for name in (*host.mail, *host.dns) if name != names.normalised(name)
    ] == []
    assert [host.code for host in hosts.known if not host.mail and not host.dns] == []
