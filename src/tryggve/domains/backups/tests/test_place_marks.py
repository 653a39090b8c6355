"""A folder that never answers, as on a share of a computer that is off, holds nobody up."""

import os
from pathlib import Path
from uuid import uuid4

import pytest

from tests.program import until
from tryggve.domains.backups import place_marks


def test_folder_that_does_not_answer_is_not_there_and_is_asked_anew_once_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = uuid4()
    pipe = tmp_path / place_marks.NAME
    os.mkfifo(pipe)  # whoever opens it waits for one who writes
    monkeypatch.setattr(place_marks, "_AS_IT_LIES", os.O_RDONLY)
    monkeypatch.setattr(place_marks, "ANSWER_SECONDS", 0.2)
    assert place_marks.read(tmp_path) is None
    monkeypatch.setattr(place_marks, "ANSWER_SECONDS", 20.0)
    assert place_marks.read(tmp_path) is None  # at once

    pipe.write_text("")
    pipe.unlink()
    place_marks.write(tmp_path, place)
    until(lambda: place_marks.read(tmp_path) == place)
