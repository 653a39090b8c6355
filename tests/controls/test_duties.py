"""What people do again and again is for controls, and out of pieces of advice, that there are."""

from tryggve.controls import catalogue
from tryggve.routines.duties.catalogue import duties


def test_every_duty_is_for_controls_of_the_catalogue() -> None:
    known = {one.id for one in catalogue.controls()}
    unknown = {code: set(duty.controls) - known for code, duty in duties().items()}
    assert {code: ids for code, ids in unknown.items() if ids} == {}


def test_every_row_of_a_duty_is_advice_that_its_controls_are_about() -> None:
    about = {advice.row: set(advice.controls) for advice in catalogue.advice()}
    strangers = [
        (code, row)
        for code, duty in duties().items()
        for row in duty.rows
        if not about.get(row, set()) & set(duty.controls)
    ]
    assert strangers == []


def test_no_duty_is_without_advice() -> None:
    assert [code for code, duty in duties().items() if not duty.rows] == []
