"""The recogniser is trained the same way each time, from texts that are read as they are."""

from pathlib import Path

import pytest

from tools import labelled_names, train_names
from tools.labelled_names import Labelled
from tryggve.domains.datamap.engine.names import recogniser

NEWS = "Xhel\tPER\nQorri    PER\nsade\t0\nnej\t0\n\nI\t0\nQorris\tPER\nhus\t0\nbn\n\nI\t0\nUme\u00adå\tLOC\n"
IN_COLUMNS = """# newdoc id = P1
# sent_id = 1
# text = Bo kom
1\tBo\tB-PER\t-\t-
2\tkom\tO\t-\t-

# newdoc id = P2
# sent_id = 2
1\tI\tO\t-\t-
2\tLund\tB-LOC\t-\t-
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for corpus, name in labelled_names.FILES.items():
        (tmp_path / name).write_text(NEWS if corpus == "klintan" else IN_COLUMNS, "utf-8")
    return tmp_path


def test_the_same_texts_make_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for target in ("one", "other"):
        train_names.train(train_names.everything(folder), tmp_path / target)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_what_was_learned_is_told_again(folder: Path, tmp_path: Path) -> None:
    train_names.train(train_names.everything(folder) * 5, tmp_path / "model")
    asked = recogniser.opened((tmp_path / "model").read_bytes())
    assert asked.labels(["Xhel", "Qorri", "sade", "nej"]) == ["B-PER", "I-PER", "O", "O"]


def test_documents_are_those_of_the_source(folder: Path) -> None:
    assert labelled_names.read(folder, "talbanken") == [
        Labelled("talbanken P1", ("Bo", "kom"), ("PER", "O")),
        Labelled("talbanken P2", ("I", "Lund"), ("O", "LOC")),
    ]


def test_sentences_that_share_a_rare_name_are_one_document(folder: Path) -> None:
    first, second, third = labelled_names.read(folder, "klintan")
    assert first.document == second.document != third.document
    assert first.labels == ("PER", "PER", "O", "O")


def test_a_common_name_makes_no_document(folder: Path) -> None:
    first, second, _third = labelled_names.read(folder, "klintan", {"Qorri", "Qorris"})
    assert first.document != second.document


def test_soft_hyphens_are_left_out(folder: Path) -> None:
    assert labelled_names.read(folder, "klintan")[2].words == ("I", "Umeå")


def test_a_document_is_in_the_same_part_each_time() -> None:
    assert [labelled_names.part_of(f"ddt {number}", 5) for number in range(6)] == [3, 1, 2, 3, 0, 4]


def test_the_shipped_model_is_small() -> None:
    assert len(Path(recogniser.__file__).with_name(recogniser.MODEL).read_bytes()) < 1_000_000
