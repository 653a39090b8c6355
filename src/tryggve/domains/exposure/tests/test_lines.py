from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from tryggve.domains.exposure import mail_hosts
from tryggve.domains.exposure.engine import lines, mail, spf_walk
from tryggve.domains.exposure.engine.dmarc import Policy
from tryggve.domains.exposure.engine.lines import Line
from tryggve.domains.exposure.engine.mail import Asked, MailFindings
from tryggve.domains.exposure.tests.zone import Zone

AT = datetime(2026, 11, 23, 1, 45, tzinfo=UTC)


def look(records: Mapping[str, Sequence[str]], *, sends: bool = True) -> MailFindings:
    zone = Zone({"annas.se NS": ["ns1.loopia.se"], **records})
    return mail.look(zone, lambda _name: None, mail_hosts.known(), Asked("annas.se", sends))


def values(found: MailFindings, policy: Policy = Policy.NONE) -> dict[str, str]:
    made = lines.mending(
        found, sender="include:spf.loopia.se", reports_to="dmarc@annas.se", policy=policy, at=AT
    )
    return {f"{line.name} {line.kind}": line.value for line in made}


def test_a_bare_domain_gets_lines_to_begin_with() -> None:
    assert values(look({})) == {
        "annas.se TXT": "v=spf1 include:spf.loopia.se ~all",
        "_dmarc.annas.se TXT": "v=DMARC1; p=none; rua=mailto:dmarc@annas.se",
    }


@pytest.mark.parametrize("sends", [True, False])
def test_a_domain_that_is_not_there_gets_no_line(sends: bool) -> None:
    found = mail.look(Zone({}), lambda _name: None, mail_hosts.known(), Asked("annas.se", sends))

    assert values(found) == {}


def test_a_domain_that_takes_mail_gets_those_for_its_way_too() -> None:
    assert values(look({"annas.se MX": ["mx.loopia.se"]}))["_smtp._tls.annas.se TXT"] == (
        "v=TLSRPTv1; rua=mailto:dmarc@annas.se"
    )


def test_a_domain_that_sends_nothing_gets_lines_that_say_so() -> None:
    assert values(look({}, sends=False), Policy.REJECT) == {
        "annas.se TXT": "v=spf1 -all",
        "_dmarc.annas.se TXT": "v=DMARC1; p=reject; rua=mailto:dmarc@annas.se",
        "annas.se MX": "0 .",
    }


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (["v=spf1 mx -all", "v=spf1 mx include:a.se ?all"], "v=spf1 mx include:a.se ~all"),
        (["v=spf1 mx +all"], "v=spf1 mx ~all"),
        (["v=spf1 mx"], "v=spf1 mx ~all"),
        (["v=spf1 ip4:0.0.0.0/0 -all"], None),
        (["v=spf1 mx/0 ?all"], None),
        (["v=spf1 include:open.se -all"], None),
        (["v=spf1 mx mx: -all"], None),
        (["v=spf1 mx -all"], None),
    ],
)
def test_a_list_of_senders_is_mended_where_a_line_can(texts: list[str], line: str | None) -> None:
    records = {
        "annas.se TXT": texts,
        "annas.se MX": ["mx.loopia.se"],
        "a.se TXT": ["v=spf1 -all"],
        "open.se TXT": ["v=spf1 +all"],
    }

    assert values(look(records)).get("annas.se TXT") == line


def test_a_mended_list_is_right() -> None:
    made = values(look({"annas.se TXT": ["v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.2 ?all"]}))

    assert spf_walk.walk(Zone({"annas.se TXT": [made["annas.se TXT"]]}), "annas.se").troubles == ()


@pytest.mark.parametrize(
    ("record", "policy", "line"),
    [
        ("v=DMARC1; p=none; rua=mailto:x@annas.se; fo=1", Policy.QUARANTINE,
         "v=DMARC1; p=quarantine; rua=mailto:x@annas.se; fo=1"),
        ("v=DMARC1; adkim=s; p=quarantine; pct=10; rua=mailto:x@annas.se", Policy.NONE, None),
        ("v=DMARC1; adkim=s; p=quarantine; pct=10; rua=mailto:x@annas.se", Policy.QUARANTINE,
         "v=DMARC1; p=quarantine; adkim=s; rua=mailto:x@annas.se"),
        ("v=DMARC1; p=reject; pct=50; rua=mailto:x@annas.se", Policy.QUARANTINE, None),
        ("v=DMARC1; p=reject; t=y; rua=mailto:x@annas.se", Policy.REJECT,
         "v=DMARC1; p=reject; rua=mailto:x@annas.se"),
        ("v=DMARC1; p=reject; pct=50; sp=none; rua=mailto:x@annas.se", Policy.QUARANTINE,
         "v=DMARC1; p=reject; pct=50; rua=mailto:x@annas.se"),
        ("v=DMARC1; p=quarantine; sp=none; rua=mailto:x@annas.se", Policy.NONE, None),
        ("v=DMARC1; p=quarantine; sp=none; rua=mailto:x@annas.se", Policy.QUARANTINE,
         "v=DMARC1; p=quarantine; rua=mailto:x@annas.se"),
        ("v=DMARC1; p=reject; np=none; rua=mailto:x@annas.se", Policy.QUARANTINE,
         "v=DMARC1; p=reject; rua=mailto:x@annas.se; sp=quarantine"),
        ("v=DMARC1; p=reject; sp=none", Policy.NONE, "v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@annas.se"),
        ("v=DMARC1; p=reject", Policy.NONE, "v=DMARC1; p=reject; rua=mailto:dmarc@annas.se"),
        ("v=DMARC1; p=reject; rua=mailto:x@annas.se", Policy.NONE, None),
        ("v=DMARC1; p=none; p=none", Policy.NONE, "v=DMARC1; p=none; rua=mailto:dmarc@annas.se"),
        ("v=DMARC1; p=none; p=reject; RUA = mailto:x@annas.se", Policy.NONE,
         "v=DMARC1; p=none; rua=mailto:x@annas.se"),
        ("v=DMARC1; p=quarantin; fo=1; rua=mailto:x@annas.se", Policy.NONE,
         "v=DMARC1; p=none; fo=1; rua=mailto:x@annas.se"),
        ("v=DMARC1; p=reject; rua=x@annas.se", Policy.NONE, "v=DMARC1; p=reject; rua=mailto:dmarc@annas.se"),
    ],
)  # fmt: skip
def test_a_step_keeps_what_else_the_record_says(record: str, policy: Policy, line: str | None) -> None:
    assert values(look({"_dmarc.annas.se TXT": [record]}), policy).get("_dmarc.annas.se TXT") == line


@pytest.mark.parametrize(
    "records",
    [
        ["v=DMARC1; p=none; rua=mailto:x@annas.se", "v=DMARC1; p=reject"],
        ["v=DMARC1; p=none; p=reject; rua=mailto:x@annas.se"],
        ["v=DMARC1, p=reject; rua=mailto:x@annas.se", "v=DMARC1; p=rejct"],
    ],
)
def test_records_that_do_not_count_are_all_replaced_by_one(records: list[str]) -> None:
    found = look({"_dmarc.annas.se TXT": [*records, "unrelated"]})
    made = lines.mending(found, sender="mx", reports_to="dmarc@annas.se", policy=Policy.NONE, at=AT)

    [line] = [line for line in made if line.below == "_dmarc"]
    assert (line.value, line.replaced) == ("v=DMARC1; p=none; rua=mailto:x@annas.se", tuple(records))


def test_a_name_of_ones_own_lowers_nothing_that_the_domain_above_says() -> None:
    zone = Zone({
        "post.annas.se NS": ["ns1.loopia.se"],
        "_dmarc.annas.se TXT": ["v=DMARC1; p=reject; np=none; rua=mailto:x@annas.se"],
    })  # fmt: skip
    found = mail.look(zone, lambda _name: None, mail_hosts.known(), Asked("post.annas.se"))

    assert values(found)["_dmarc.post.annas.se TXT"] == (
        "v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@annas.se"
    )


def test_a_long_text_is_written_in_pieces() -> None:
    line = Line("annas.se", "@", "TXT", "a" * 300 + '"')

    assert line.in_zone_file == f'annas.se. IN TXT "{"a" * 255}" "{"a" * 45}\\""'


def test_the_policy_for_incoming_mail_begins_as_a_test() -> None:
    assert lines.sts_policy(("mx.loopia.se",)).split("\r\n") == [
        "version: STSv1", "mode: testing", "mx: mx.loopia.se", "max_age: 604800", "",
    ]  # fmt: skip
