"""The inserting half of ``bench.vault``."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bench import measuring

NOW = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)
FIELDS = ("name", "email", "phone", "address", "postcode", "town", "category", "note")
_INDEXED = ("name", "email", "phone")
_AT_A_TIME = 500
_SEED = 7

Person = tuple[str, ...]


def insert(kind: str, home: Path, count: int) -> dict[str, float]:
    """One run in this process, on a new register: CPU seconds, and the bytes on disk afterwards."""
    measuring.begin_register(home)
    from django.db import connection  # noqa: PLC0415 - after Django is set up

    some, before = people(count), _size_bytes(home)
    work: dict[str, Callable[[list[Person]], None]] = {
        "plain": insert_plain, "sealed": insert_sealed, "bare": insert_bare
    }  # fmt: skip
    found = measuring.measured(lambda: work[kind](some))
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return found | {"bytes": _size_bytes(home) - before}


def people(count: int) -> list[Person]:
    """Invented people in no order: sorted ones would cost indexes nothing."""
    some = list(measuring.customers(count))
    random.Random(_SEED).shuffle(some)  # noqa: S311 - no secrets
    return some


@cache
def plain_model() -> Any:
    from django.db import models  # noqa: PLC0415

    from tryggve.lib import ids  # noqa: PLC0415

    own = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    times = {name: models.DateTimeField() for name in ("created_at", "changed_at")}
    return _model("PlainCustomer", {"id": own, **_columns(), **times})


def insert_plain(some: list[Person]) -> None:
    model = plain_model()
    times = {"created_at": NOW, "changed_at": NOW}
    _create(model)
    for batch in _batches(some):
        _keep(model, [model(**dict(zip(FIELDS, one, strict=True)), **times) for one in batch])


def insert_bare(some: list[Person]) -> None:
    model = _model("BareCustomer", _columns())
    _create(model)
    for batch in _batches(some):
        _keep(model, [model(**dict(zip(FIELDS, one, strict=True))) for one in batch])


def insert_sealed(some: list[Person]) -> None:
    from tryggve import vault  # noqa: PLC0415
    from tryggve.domains.customers import sealing  # noqa: PLC0415
    from tryggve.domains.customers.models import Customer  # noqa: PLC0415
    from tryggve.lib import ids  # noqa: PLC0415

    ring = vault.keyring()
    for batch in _batches(some):
        names = [ids.new_id() for _one in batch]
        blobs = ring.seal_with_new_keys(
            (document(one), sealing.customer_binding(name, 1)) for one, name in zip(batch, names, strict=True)
        )
        rows = [
            Customer(id=name, details_sealed=blob, created_at=NOW, changed_at=NOW)
            for name, blob in zip(names, blobs, strict=True)
        ]
        _keep(Customer, rows)


def document(person: Person) -> bytes:
    """The eight fields as the product writes them."""
    from tryggve.domains.customers.engine.details import Address, Details  # noqa: PLC0415

    name, email, phone, street, postcode, town, category, note = person
    details = Details(
        name=name,
        emails=(email,),
        phones=(phone,),
        addresses=(Address(street, postcode, town),),
        tags=(category,) if category else (),
        note=note,
    )
    return details.to_bytes()


def _columns() -> dict[str, Any]:
    from django.db import models  # noqa: PLC0415

    return {name: models.TextField(db_index=name in _INDEXED) for name in FIELDS}


def _model(name: str, columns: dict[str, Any]) -> Any:
    from django.db import models  # noqa: PLC0415

    options = type("Meta", (), {"app_label": "bench"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": options, **columns})


def _create(model: Any) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.schema_editor() as editor:
        editor.create_model(model)


def _keep(model: Any, rows: list[Any]) -> None:
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        model._default_manager.bulk_create(rows)


def _batches(some: list[Person]) -> Iterator[list[Person]]:
    for first in range(0, len(some), _AT_A_TIME):
        yield some[first : first + _AT_A_TIME]


def _size_bytes(home: Path) -> int:
    return sum((home / "data" / name).stat().st_size for name in ("tryggve.sqlite3", "keys.sqlite3"))
