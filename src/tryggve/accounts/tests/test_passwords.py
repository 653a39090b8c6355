import pytest
from django.core.exceptions import ValidationError

from tryggve.accounts import passwords


@pytest.mark.parametrize(
    "password",
    ["", "aaaaaaaaaaaa", "112112112112112", "19811218987698", "sommarSommar", "abcabcabcabc", "mnbvmnbvmnbv",
     "abcdefghijklm", "zyxwvutsrqpo", "aaaabbbbccccdddd", "٠١٢٣٤٥٦٧٨٩١٢"],
)  # fmt: skip
def test_pattern_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        passwords.NotAPattern().validate(password)
    assert refused.value.code == "password_pattern"
    assert password not in str(refused.value) or password == ""


@pytest.mark.parametrize(
    "password", ["fyra glada sälar dansar", "sommar-Sommar!", "abcdefghijkm", "1981 Göta kanal"]
)
def test_other_passwords_pass(password: str) -> None:
    passwords.NotAPattern().validate(password)
