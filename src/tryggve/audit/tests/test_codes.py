import pytest

from tryggve.audit import codes


@pytest.mark.parametrize(
    "text",
    [
        "csv",
        "utf-16-le",
        "customers.staging",
        "3",
        "12345",
        "kind:person",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "0" * 64,
    ],
)
def test_is_code_takes_codes_and_ids(text: str) -> None:
    assert codes.is_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cilla@firma.example",
        "cilla andersson",
        "Cilla",
        "åsa",
        "+46701234567",
        "070-1234567",
        "0701234567",
        "19900101-1234",
        "1990-01-01",
        "192.168.100.200",
        "line\nbreak",
        "csv\n",
        "x" * 65,
    ],
)
def test_is_code_refuses_what_names_or_reaches_people(text: str) -> None:
    assert not codes.is_code(text)
