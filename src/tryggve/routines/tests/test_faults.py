import json

from tryggve.routines import faults


def _look_up(customer: str) -> None:
    raise LookupError(f"{customer} is unknown")


def _parse(text: str) -> None:
    json.loads(text)


def _fault(function: object, text: str) -> faults.Fault:
    assert callable(function)
    try:
        function(text)
    except Exception as error:  # noqa: BLE001 - any of them is described
        return faults.fault_of(error)
    raise AssertionError("nothing was raised")


def test_fault_of_keeps_class_and_place_without_the_text() -> None:
    line = _look_up.__code__.co_firstlineno + 1

    assert _fault(_look_up, "cilla@firma.example") == faults.Fault(
        "builtins.LookupError", f"tryggve.routines.tests.test_faults:{line}"
    )


def test_fault_of_an_error_deep_in_a_library_tells_the_place_in_our_code() -> None:
    line = _parse.__code__.co_firstlineno + 1

    assert _fault(_parse, "{cilla") == faults.Fault(
        "json.decoder.JSONDecodeError", f"tryggve.routines.tests.test_faults:{line}"
    )


def test_fault_of_an_error_never_raised_has_no_place() -> None:
    assert faults.fault_of(ValueError("cilla")) == faults.Fault("builtins.ValueError", "")
