import subprocess
import sys


def test_process_that_answers_pages_keeps_its_search_index_fresh() -> None:
    program = "import threading, tryggve.config.wsgi; print(*(one.name for one in threading.enumerate()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split(" ", 1)[1:] == ["register index\n"]
