import pytest

from tryggve.domains.customers.engine.values.cleaning import clean_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="0701740605"', "0701740605"),
        ('= "0701740605"', "0701740605"),
        ("'+46 70-174 06 05", "+46 70-174 06 05"),
        ("'0701740605", "0701740605"),
        ("'=1+1", "=1+1"),
        ("'@anna", "@anna"),
        ('="Åsa"', "Åsa"),
        # no guards
        ("=1+1", "=1+1"),
        ("='Blad 2'!A1", "='Blad 2'!A1"),
        ("'t Hooft", "'t Hooft"),
        ("'68 års bageri", "'68 års bageri"),
        ("Anna 'Nanna' Ek", "Anna 'Nanna' Ek"),
    ],
)
def test_guard_against_spreadsheets_is_taken_off(cell: str, text: str) -> None:
    assert clean_text(cell) == text
