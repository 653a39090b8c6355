"""The bars of the customer register, part by part; each part can be run alone, and tells what it measures.

    .venv/bin/python -m bench.register                            everything on SQLite; an hour
    .venv/bin/python -m bench.register --database postgresql
    .venv/bin/python -m bench.register --only search --rounds 5

*search*: ``bench.register_search``, searching, lists, the index and its memory. *import*: ``bench.register_import``,
a large list brought in, and cards opened meanwhile.
"""

import argparse
import subprocess
import sys

from bench import measuring

_PARTS = {"search": "--rounds", "import": "--pairs"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=tuple(_PARTS))
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=15)
    wanted = parser.parse_args()
    for part in [wanted.only] if wanted.only else _PARTS:
        words = ["--database", wanted.database, _PARTS[part], str(wanted.rounds)]
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", f"bench.register_{part}", *words], cwd=measuring.ROOT, check=True
        )


if __name__ == "__main__":
    main()
