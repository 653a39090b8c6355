"""Identity numbers that a spreadsheet made numbers of."""

from typing import Any

import pytest

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import sensitive
from tryggve.domains.customers.tests.engine.workbooks import workbook
from tryggve.domains.customers.tests.lists import MACHINE, bring_in


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "in_cell", "kind", "digits"),
    [
        ("SE", 102039807, "se_personal", "200102039807"),
        ("DK", 101654012, "dk_personal", "0101654012"),
    ],
)
def test_identity_number_gets_the_zero_back_that_a_spreadsheet_took(
    firm: Any, country: str, in_cell: int, kind: str, digits: str
) -> None:
    firm.country = country
    firm.save()
    heading = {"SE": "Personnummer", "DK": "CPR-nr."}[country]
    bring_in(workbook([["Name", "E-mail", heading], ["Bo Ek", "b@example.se", in_cell]]))
    told = [
        (number.kind, number.digits)
        for customer in Customer.objects.order_by("pk").values_list("pk", flat=True)
        for number in sensitive.sensitive_revealed(
            customer=customer, reason="looked", actor=MACHINE, at=NOW, reach=EVERYBODY
        ).sensitive.numbers
    ]
    assert told == [(kind, digits)]
