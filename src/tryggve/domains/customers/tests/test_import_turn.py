import threading

from tryggve.domains.customers.services import import_turn


def test_turn_says_that_it_waits_only_when_it_must() -> None:
    said, done = threading.Event(), threading.Event()

    def second() -> None:
        with import_turn.turn(waiting=said.set):
            done.set()

    with import_turn.turn():
        waits = threading.Thread(target=second)
        waits.start()
        assert said.wait(30)
        assert not done.is_set()
    waits.join(30)
    assert done.is_set()

    said.clear()
    second()
    assert not said.is_set()
