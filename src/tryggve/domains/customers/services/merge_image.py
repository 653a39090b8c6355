"""What a merge changed, kept sealed under its own key for as long as it can be undone."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Merge

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Image:
    """The kept card before and after, and what was moved to it; ids and times are texts.

    ``moved`` names, by what it is, each thing that changed hands, ``dropped`` what the kept card had already, and
    ``carried`` what other domains moved.
    """

    before: Details
    after: Details
    changed_at: str
    responsible: str | None
    responsible_after: str | None
    sensitive_before: Sensitive
    sensitive_after: Sensitive
    moved: dict[str, list[str]] = field(default_factory=dict)
    dropped: Rows = field(default_factory=dict)
    carried: dict[str, list[str]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """As JSON."""
        written = {name: getattr(self, name) for name in _PLAIN}
        written |= {name: getattr(self, name).to_bytes().decode() for name in (*_DETAILS, *_SENSITIVE)}
        return json.dumps(written, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, document: bytes) -> "Image":
        told: dict[str, Any] = json.loads(document)
        told |= {name: Details.from_bytes(told[name].encode()) for name in _DETAILS}
        told |= {name: Sensitive.from_bytes(told[name].encode()) for name in _SENSITIVE}
        return cls(**told)


_DETAILS = ("before", "after")
_SENSITIVE = ("sensitive_before", "sensitive_after")
_PLAIN = ("changed_at", "responsible", "responsible_after", "moved", "dropped", "carried")


def sealed(image: Image, *, merge: UUID, key: UUID) -> bytes:
    """The image as its row keeps it."""
    return vault.keyring().seal(image.to_bytes(), key=key, bound_to=sealing.merge_binding(merge))


def opened(row: Merge) -> Image:
    """The image again. Raises vault.CannotOpen."""
    blob = bytes(row.image_sealed or b"")
    return Image.from_bytes(vault.keyring().open(blob, bound_to=sealing.merge_binding(row.pk)))
