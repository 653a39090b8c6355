import pytest

from tryggve.config import env


def test_settings_that_there_are_pass() -> None:
    env.refuse_unknown({"PATH": "/bin", **dict.fromkeys(env.KNOWN, "x")})


def test_misspelt_setting_is_refused_by_name_without_its_value() -> None:
    with pytest.raises(env.UnknownSetting) as refused:
        env.refuse_unknown({"TRYGGVE_DTA": "/home/anna", "TRYGGVE_DATA": "/x", "TRYGGVE_A": ""})
    assert "TRYGGVE_A, TRYGGVE_DTA." in str(refused.value)
    assert ("anna" in str(refused.value), refused.value.exit_status) == (False, 2)


def test_settings_of_others_pass() -> None:
    env.refuse_unknown({"XTRYGGVE_DATA": "", "tryggve_data": "", "TRYGGVEN": ""})
