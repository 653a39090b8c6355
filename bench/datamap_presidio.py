"""Presidio with patterns only, for an interpreter that has presidio-analyzer and spacy; nothing else of ours is loaded.

It is told a file a line and answers with the CPU seconds that looking through it took.
"""

import sys
import time
from pathlib import Path
from typing import Any

_CHUNK = 20_000


def main() -> None:
    analyzer = _analyzer()
    analyzer.analyze("Anna", language="sv")
    for line in sys.stdin:
        text = Path(line.rstrip("\n")).read_text(encoding="utf-8", errors="ignore")
        began = time.process_time()
        for at in range(0, len(text), _CHUNK):
            analyzer.analyze(text[at : at + _CHUNK], language="sv")
        sys.stdout.write(f"{time.process_time() - began}\n")
        sys.stdout.flush()


def _analyzer() -> Any:
    """With a language model that knows no words."""
    import spacy  # type: ignore[import-not-found] # noqa: PLC0415 - of that interpreter
    from presidio_analyzer import (  # type: ignore[import-not-found] # noqa: PLC0415
        AnalyzerEngine,
        RecognizerRegistry,
    )
    from presidio_analyzer.nlp_engine import (  # type: ignore[import-not-found] # noqa: PLC0415
        SpacyNlpEngine,
    )

    engine = SpacyNlpEngine(models=[{"lang_code": "sv", "model_name": "blank"}])
    engine.nlp = {"sv": spacy.blank("sv")}
    registry = RecognizerRegistry(supported_languages=["sv"])
    registry.load_predefined_recognizers(languages=["sv"], nlp_engine=engine)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["sv"])


if __name__ == "__main__":
    main()
