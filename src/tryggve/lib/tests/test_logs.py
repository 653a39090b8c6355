import json
import logging
import sys

import pytest

from tryggve.lib import trace
from tryggve.lib.logs import JsonLine

CILLA = "Cilla Åkerström 19811218-9876"


def _failure() -> BaseException:
    """An exception that carries personal data in each place that an exception has."""
    try:
        try:
            raise KeyError(CILLA)
        except KeyError as cause:
            wrong = ValueError(f"cannot read {CILLA}")
            wrong.add_note(CILLA)
            raise wrong from cause
    except ValueError as failure:
        return failure


def _line(failure: BaseException | None = None, **facts: object) -> str:
    logger = logging.getLogger("tryggve.tests")
    told = (type(failure), failure, failure.__traceback__) if failure else None
    extra = {"facts": facts} if facts else {}
    record = logger.makeRecord("tryggve.tests", logging.ERROR, "f", 1, "it broke", (), told, extra=extra)
    return JsonLine().format(record)


def test_line_is_one_json_object_with_time_level_logger_and_message() -> None:
    line = json.loads(_line())
    assert line.pop("at")[-6:] == "+00:00"
    assert line == {"level": "ERROR", "logger": "tryggve.tests", "message": "it broke"}


def test_line_holds_the_facts() -> None:
    line = json.loads(_line(child="server", status=1))
    assert (line["child"], line["status"]) == ("server", 1)


def test_line_tells_an_exception_by_its_class_alone() -> None:
    line = _line(_failure())
    assert json.loads(line)["exception"] == "ValueError"
    assert "Cilla" in str(_failure())
    assert ("Cilla" in line, "9876" in line, "\n" in line) == (False, False, False)


def test_line_tells_nothing_of_an_exception_that_there_is_not() -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "it broke", (), (None, None, None))
    assert "exception" not in json.loads(JsonLine().format(record))


def test_line_writes_what_json_lacks_as_text() -> None:
    assert json.loads(_line(place=sys.stdout))["place"] == str(sys.stdout)


def test_scrubbed_trace_tells_kind_and_place_and_no_value() -> None:
    scrubbed = trace.scrubbed(_failure())
    assert (scrubbed["exception"], scrubbed["cause"]) == ("ValueError", "KeyError")
    assert sorted(scrubbed) == ["at_line", "cause", "exception"]
    places = scrubbed["at_line"]
    assert isinstance(places, list)
    assert [place.rpartition(" ")[2] for place in places] == ["_failure"]
    assert "Cilla" not in json.dumps(scrubbed, ensure_ascii=False)


def test_kept_trace_has_the_number_that_a_person_quotes(caplog: pytest.LogCaptureFixture) -> None:
    number = trace.keep(_failure())
    (record,) = caplog.records
    line = json.loads(JsonLine().format(record))
    assert (line["number"], len(number), line["exception"]) == (number, 8, "ValueError")
    assert "Cilla" not in JsonLine().format(record)


def test_numbers_of_two_failures_differ() -> None:
    assert trace.keep(_failure()) != trace.keep(_failure())
