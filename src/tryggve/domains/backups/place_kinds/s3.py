"""Storage that speaks S3."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import told
from tryggve.domains.backups.place_kinds.told import Untold

FIELDS: Final = ("endpoint", "bucket", "prefix", "region", "key_id", "secret")
_REGION: Final = "us-east-1"
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def access_of(fields: Mapping[str, str]) -> Access:
    """Raises Untold."""
    where = told.web_address(fields.get("endpoint", ""))
    bucket = told.words(fields.get("bucket", ""), _("Write the bucket's name. Nothing was changed."))
    if not _BUCKET.fullmatch(bucket):
        raise Untold(
            _(
                "A bucket's name is small letters, digits, full stops and hyphens. Nothing was changed. A folder in "
                "the bucket has a field of its own."
            )
        )
    prefix = fields.get("prefix", "").strip("/")
    endpoint = f"{where.scheme}://{where.netloc}"
    details = {
        "host": where.hostname or "",
        "endpoint": endpoint,
        "bucket": bucket,
        "prefix": prefix,
        "region": fields.get("region", "") or _REGION,
    }
    environment = {
        "AWS_ACCESS_KEY_ID": told.words(
            fields.get("key_id", ""), _("Write the access key's id. Nothing was changed.")
        ),
        "AWS_SECRET_ACCESS_KEY": told.words(
            fields.get("secret", ""), _("Write the access key's secret. Nothing was changed.")
        ),
        "AWS_DEFAULT_REGION": details["region"],
    }
    location = "/".join(filter(None, (f"s3:{endpoint}", bucket, prefix)))
    return Access(location, environment, details=details)
