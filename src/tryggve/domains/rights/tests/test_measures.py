"""What a notice and a record say the product does, it does: each claim is tied to what would tell if it didn't."""

import re
from pathlib import Path

import pytest

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.routines import registry

ROOT = Path(__file__).parents[5]
MEASURES = labels.facts()["measures"]


@pytest.mark.parametrize("code", sorted(set(labels.known("measures")) - labels.firms_own_measures()))
def test_claim_of_the_product_names_the_check_that_holds_it(code: str) -> None:
    file, _colons, name = MEASURES[code]["check"].partition("::")
    if name:
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.MULTILINE)
    else:
        assert file in registry.routines()


def test_what_the_company_does_no_check_of_the_product_holds() -> None:
    assert [code for code in labels.firms_own_measures() if "check" in MEASURES[code]] == []


@pytest.mark.django_db
def test_backups_are_claimed_only_by_a_company_that_says_so() -> None:
    assert set(purposes.measures()) == set(MEASURES) - labels.firms_own_measures()
    assert "backups" in labels.firms_own_measures()
