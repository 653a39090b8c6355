"""The documents that are sealed with one import, under its own key."""

import json
from dataclasses import asdict

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.columns.headings import NUMBER
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.waiting_list import UnknownForm, WaitingList
from tryggve.domains.customers.models import Import

QUESTION = "question:"


def shown(plan: Plan, name: str, source: str) -> bytes:
    """What the pages show of an import, as JSON."""
    told = {
        "file": name,
        "source": source,
        "columns": [(heading, field or _beside(plan, heading)) for heading, field in plan.columns],
        "samples": [asdict(sample) for sample in plan.samples],
        "result": plan.result.to_document(),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _beside(plan: Plan, heading: str) -> str | None:
    """What becomes of a column that feeds no field of the card."""
    if heading in plan.number_headings:
        return NUMBER
    asked = plan.questions.get(heading)
    return f"{QUESTION}{asked.name}" if asked else None


def told_of_file(batch: Import) -> tuple[str, str]:
    """What the file was called, nothing for a list that came by a command; and where it came from."""
    if batch.result_sealed is None:
        return "", ""
    told = json.loads(opened(batch, "result", bytes(batch.result_sealed)))
    return told["file"], told.get("source", "")  # an older program kept none there


def waiting_list(batch: Import) -> WaitingList:
    """The list of an import, as it was kept. Raises vault.CannotOpen."""
    try:
        return WaitingList.from_bytes(opened(batch, "file", bytes(batch.file_sealed or b"")))
    except UnknownForm as cause:
        raise vault.Damaged from cause


def sealed(batch: Import, document: str, plaintext: bytes) -> bytes:
    """A document that goes with the import's own key."""
    if batch.key_ref is None:
        raise ValueError("the leavings of this import were destroyed")
    return vault.keyring().seal(
        plaintext, key=batch.key_ref, bound_to=sealing.import_binding(batch.pk, document)
    )


def opened(batch: Import, document: str, blob: bytes) -> bytes:
    """A document of the import again. Raises vault.CannotOpen."""
    return vault.keyring().open(blob, bound_to=sealing.import_binding(batch.pk, document))
