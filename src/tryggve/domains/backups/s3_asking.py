"""What restic doesn't ask of storage that speaks S3: whether it keeps what was deleted, and lets it be cleared away.

Two kinds of requests, signed as published (AWS Signature Version 4); no library of Amazon's is needed for them.
"""

import hashlib
import hmac
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import quote, urlsplit

from tryggve.domains.backups.place_access import Access

_SECONDS: Final = 20.0
_LONGEST_BYTES: Final = 4 * 1024 * 1024
_NOTHING: Final = hashlib.sha256(b"").hexdigest()
_SIGNED: Final = "host;x-amz-content-sha256;x-amz-date"
_VERSION: Final = re.compile(r"<Version>(.*?)</Version>", re.DOTALL)
_MISSING: Final = 404
_NOT_BUILT: Final = 501
# An answer about versions, and not an object that lies there by that name.
_VERSIONING: Final = re.compile(r"\s*(<\?xml[^>]*>)?\s*<\w*Versioning\w*[\s/>]")
_NO_LOCK: Final = "<Code>ObjectLockConfigurationNotFoundError<"
_OK: Final = frozenset({200, 204})


class NotTold(Exception):
    """The storage didn't answer, or says no to who asks."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where it is, and what lets in there."""

    endpoint: str
    name: str
    region: str
    key_id: str
    secret: str = field(repr=False)


def bucket_of(access: Access) -> Bucket:
    """That of a place of kind S3."""
    told, lets_in = access.details, access.environment
    return Bucket(
        told["endpoint"],
        told["bucket"],
        told["region"],
        lets_in["AWS_ACCESS_KEY_ID"],
        lets_in["AWS_SECRET_ACCESS_KEY"],
    )


def keeps_versions(bucket: Bucket, *, at: datetime) -> bool:
    """Whether what is deleted there stays, as an older version or under a lock. Raises NotTold."""
    return "<Status>Enabled<" in _versioning(bucket, at) or _is_locked(bucket, at)


def may_keep_versions(bucket: Bucket, *, at: datetime) -> bool:
    """The same, also of what was written before somebody switched that off. Raises NotTold."""
    return "<Status>" in _versioning(bucket, at) or _is_locked(bucket, at)


def _versioning(bucket: Bucket, at: datetime) -> str:
    status, said = _ask(bucket, "GET", "", {"versioning": ""}, at=at)
    if (
        (status in _OK and _VERSIONING.match(said))
        or _is_not_there(status, said)
        or _is_not_built(status, said)
    ):
        return said
    raise NotTold(status)


def _is_locked(bucket: Bucket, at: datetime) -> bool:
    status, said = _ask(bucket, "GET", "", {"object-lock": ""}, at=at)
    if status in _OK:
        return "<ObjectLockEnabled>Enabled<" in said
    has_none = status == _MISSING and _NO_LOCK in said
    if has_none or _is_not_there(status, said) or _is_not_built(status, said):
        return False
    raise NotTold(status)


def _is_not_there(status: int, said: str) -> bool:
    """A bucket that restic is about to make."""
    return status == _MISSING and "<Code>NoSuchBucket<" in said


def _is_not_built(status: int, said: str) -> bool:
    """Such storage has no versions."""
    return status == _NOT_BUILT and "<Code>NotImplemented<" in said


def lets_old_versions_go(bucket: Bucket, *, prefix: str, at: datetime) -> bool:
    """Whether an older version below the prefix can be cleared away: one is, if so. Raises NotTold for none."""
    status, said = _ask(bucket, "GET", "", {"versions": "", "prefix": prefix}, at=at)
    old = [one for one in _VERSION.findall(said) if "<IsLatest>false<" in one]
    if status not in _OK or not old:
        raise NotTold(status)
    key, version = _in(old[0], "Key"), _in(old[0], "VersionId")
    status, _said = _ask(bucket, "DELETE", key, {"versionId": version}, at=at)
    return status in _OK


def headers(
    bucket: Bucket, method: str, path: str, query: str, *, host: str, at: datetime
) -> Mapping[str, str]:
    """Of one request without a body; path and query as they are sent, the query's parts in order."""
    moment = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{bucket.region}/s3/aws4_request"
    asked = f"{method}\n{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{_NOTHING}\nx-amz-date:{moment}\n"
    digest = hashlib.sha256(f"{asked}\n{_SIGNED}\n{_NOTHING}".encode()).hexdigest()
    key = f"AWS4{bucket.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{digest}".encode(), "sha256").hex()
    return {
        "Host": host,
        "x-amz-date": moment,
        "x-amz-content-sha256": _NOTHING,
        "Authorization": f"AWS4-HMAC-SHA256 Credential={bucket.key_id}/{scope}, SignedHeaders={_SIGNED}, "
        f"Signature={signature}",
    }


def _ask(bucket: Bucket, method: str, key: str, query: Mapping[str, str], *, at: datetime) -> tuple[int, str]:
    where = urlsplit(bucket.endpoint)
    path = quote(f"/{bucket.name}/{key}".rstrip("/"), safe="/-_.~")
    asked = "&".join(f"{quote(name, safe='')}={quote(query[name], safe='')}" for name in sorted(query))
    line = _line(where.scheme, where.hostname or "", where.port)
    try:
        line.request(
            method,
            f"{path}?{asked}",
            headers=dict(headers(bucket, method, path, asked, host=where.netloc, at=at)),
        )
        answer = line.getresponse()
        return answer.status, answer.read(_LONGEST_BYTES).decode(errors="replace")
    except (OSError, HTTPException, ValueError) as error:
        raise NotTold from error
    finally:
        line.close()


def _line(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=_SECONDS, context=ssl.create_default_context())
    return HTTPConnection(host, port, timeout=_SECONDS)


def _in(told: str, name: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", told)
    return unescape(found[1]) if found else ""
