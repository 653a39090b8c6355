"""Text in pictures, where the optional extra «ocr» is installed: RapidOCR with the models that it ships.

Everything runs in the thread that asks, and nothing is loaded or fetched after ``rehearse``.
"""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.reading.parts import Limits, Pictures

_DETECTING: Final = "PP-OCRv6_det_small.onnx"
_RECOGNISING: Final = "PP-OCRv6_rec_small.onnx"
_TURNING: Final = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
LONGEST_SIDE: Final = 2000
_BLANK: Final = (64, 256, 3)


@cache
def is_there() -> bool:
    return all(importlib.util.find_spec(needed) for needed in ("rapidocr", "onnxruntime", "cv2"))


def is_wanted(limits: Limits) -> bool:
    """Whether text in pictures is read here and now."""
    return limits.pictures is not Pictures.LATER and is_there()


def rehearse() -> None:
    """Load the models, and what is loaded with the first picture."""
    if is_there():
        blank = np.full(_BLANK, 255, np.uint8)
        text_in(blank)
        # Nothing was found on it, so the models that turn and read what is found were not asked.
        _engine()(blank, use_det=False, use_cls=True, use_rec=True)


def text_in(picture: NDArray[np.uint8]) -> str:
    """Its lines, from top to bottom. ``picture``: rows, columns, and blue, green, red of each dot."""
    found = _engine()(picture, use_det=True, use_cls=True, use_rec=True)
    if not found.txts:
        return ""
    return "\n".join(" ".join(words) for words in _lines(found.boxes, found.txts))


def _lines(boxes: NDArray[np.float32], texts: tuple[str, ...]) -> list[list[str]]:
    """Boxes (n, four corners, x and y) side by side are one line: a label and its value are often apart."""
    top, bottom, left = boxes[:, :, 1].min(1), boxes[:, :, 1].max(1), boxes[:, :, 0].min(1)
    middle = (top + bottom) / 2
    rows: list[list[int]] = []
    for place in np.argsort(middle).tolist():
        if rows and middle[place] < bottom[rows[-1][0]]:
            rows[-1].append(place)
        else:
            rows.append([place])
    return [[texts[place] for place in sorted(row, key=lambda place: left[place])] for row in rows]


@cache
def _engine() -> Any:
    cv2 = importlib.import_module("cv2")
    rapidocr = importlib.import_module("rapidocr")
    # None but this thread: a process that only computes can't start others.
    cv2.setNumThreads(0)
    models = Path(str(rapidocr.__file__)).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # As it is set, a small picture is made larger at ten times the cost.
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST_SIDE,
            # Named, they are taken as they are; else it looks whether there is something newer to fetch.
            "Det.model_path": str(models / _DETECTING),
            "Rec.model_path": str(models / _RECOGNISING),
            "Cls.model_path": str(models / _TURNING),
        }
    )
