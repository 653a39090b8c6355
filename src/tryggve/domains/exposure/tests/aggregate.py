"""Reports of receivers as they come by mail."""

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

Row = tuple[str, int, str, str]


def proven(count: int = 1) -> str:
    """Mail whose signature is the domain's own."""
    return row(count, dkim="pass", signers=[("annas.se", "pass")])


def row(
    count: int = 1,
    *,
    ip: str = "192.0.2.1",
    dkim: str = "fail",
    spf: str = "fail",
    signers: Sequence[tuple[str, str]] = (),
    envelope: tuple[str, str] = ("annas.se", "fail"),
) -> str:
    signed = "".join(
        f"<dkim><domain>{name}</domain><result>{result}</result></dkim>" for name, result in signers
    )
    return (
        f"<record><row><source_ip>{ip}</source_ip><count>{count}</count><policy_evaluated>"
        f"<disposition>none</disposition><dkim>{dkim}</dkim><spf>{spf}</spf></policy_evaluated></row>"
        f"<identifiers><header_from>annas.se</header_from></identifiers><auth_results>{signed}"
        f"<spf><domain>{envelope[0]}</domain><result>{envelope[1]}</result></spf></auth_results></record>"
    )


def report(
    *rows: str,
    begins: datetime,
    days: int = 1,
    receiver: str = "google.com",
    number: str = "",
    domain: str = "annas.se",
) -> bytes:
    """As XML, about whole days from the first moment of one."""
    ends = int((begins + timedelta(days=days)).timestamp()) - 1
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><feedback><version>1.0</version><report_metadata>'
        f"<org_name>{receiver}</org_name><report_id>{number or begins.date()}</report_id><date_range>"
        f"<begin>{int(begins.timestamp())}</begin><end>{ends}</end></date_range></report_metadata>"
        f"<policy_published><domain>{domain}</domain><p>none</p></policy_published>{''.join(rows)}</feedback>"
    ).encode()


def zipped(*contents: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        for number, content in enumerate(contents):
            made.writestr(f"google.com!annas.se!{number}.xml", content)
    return packed.getvalue()


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content)


def day(now: datetime, ago: int) -> datetime:
    """The first moment of a day that many days ago, in UTC."""
    return datetime.combine(now.astimezone(UTC).date() - timedelta(days=ago), datetime.min.time(), UTC)
