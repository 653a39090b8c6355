"""Where an identity number lies and where it doesn't: told to the customer, gone with the key, readable nowhere."""

from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import CILLA, NOW
from tests.leftovers.readings import readable_in, words_in
from tests.leftovers.spellings import Needles
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import number_tags, sealing
from tryggve.domains.customers.engine.identity_numbers import written
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import sensitive as selectors
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.holding import readable_in as readable_in_list
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in
from tryggve.domains.customers.tests.numbers import CILLAS, details_of, keep, kept_of
from tryggve.lib import folders
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = f"user:{new_id()}"


def test_number_is_readable_nowhere(tmp_path: Path) -> None:
    [cilla] = add(CILLA)
    needles = Needles([written(CILLAS), CILLAS.digits, "a quite special reason"])
    (tmp_path / "planted").write_text(f"({written(CILLAS)})")
    assert readable_in(tmp_path, needles) == {"planted": [written(CILLAS)]}
    keep(cilla, CILLAS)
    selectors.sensitive_revealed(
        customer=cilla, reason="a quite special reason", actor=ANNA, at=NOW, reach=EVERYBODY
    )
    assert words_in(_database(), needles) == []
    assert readable_in(folders.current().data, needles) == {}


def _database() -> bytes:
    """Every row of every table as text and as bytes."""
    content = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            for row in cursor.fetchall():
                content += [
                    bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row
                ]
    return b"\n".join(content)


def test_numbers_are_exported_to_whom_they_are_about() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    export = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=ANNA, at=NOW)
    [held] = [one for one in export.held if one.code == "customers.sensitive"]
    values = [(str(value.title), value.content) for part in held.parts for value in part.values]
    assert values == [("Swedish personal number", "19640823-3234")]
    told = [value.code for one in export.held for part in one.parts for value in part.values]
    assert "number_tags" not in told


def test_deleted_customers_number_is_gone_with_the_key() -> None:
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    blob = bytes(Customer.objects.get(pk=cilla).sensitive_sealed or b"")
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    with pytest.raises(vault.KeyGone):
        vault.keyring().open(blob, bound_to=sealing.sensitive_binding(cilla, 1))


def test_list_that_knows_only_the_number_forgets_the_customer_too() -> None:
    content = "\n".join(["Namn;E-post;Personnummer", ";;640823-3234", ";;701063-2391", "Bo;bo@example.se"])
    batch = UUID(bring_in(content.encode()).import_id)
    assert [one in readable_in_list(batch) for one in ("640823-3234", "701063-2391")] == [True, True]
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    export = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=ANNA, at=NOW)
    told = [value.content for one in export.held for part in one.parts for value in part.values]
    assert ("640823-3234" in told, "701063-2391" in told) == (True, False)
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert [one in readable_in_list(batch) for one in ("640823-3234", "701063-2391")] == [False, True]


def test_list_brings_valid_numbers_of_new_customers_into_their_sensitive_half() -> None:
    content = "\n".join(
        [
            "Namn;E-post;Personnummer",
            "Cilla;cilla@example.se;640823-3234",
            "Dan;dan@example.dk;640823-3235",
            "Bo;bo@example.se;",
        ]
    )
    batch = UUID(bring_in(content.encode()).import_id)
    found = {
        details_of(row.pk).name: (
            kept_of(row.pk).numbers,
            row.sensitive_revision,
            details_of(row.pk).number_tags,
        )
        for row in Customer.objects.in_force()
    }
    assert found == {
        "Cilla": ((CILLAS,), 0, number_tags.made([CILLAS])),
        "Dan": ((), 0, ()),
        "Bo": ((), 0, ()),
    }
    # What is no number stays where it was, to be looked at.
    assert [one in readable_in_list(batch) for one in ("640823-3234", "640823-3235")] == [False, True]
