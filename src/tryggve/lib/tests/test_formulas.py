import pytest

from tryggve.lib.formulas import may_be_formula


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "+46 70 =1"]
)
def test_cell_that_a_spreadsheet_might_work_out(cell: str) -> None:
    assert may_be_formula(cell)


@pytest.mark.parametrize("cell", ["", "Anna", "1+1", " =1", "+46 70-123 45 67", "+45 (86) 12 34 56"])
def test_cell_that_stays_what_it_is(cell: str) -> None:
    assert not may_be_formula(cell)
