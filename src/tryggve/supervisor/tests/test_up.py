import json
import os
import signal
import socket

import pytest

from tryggve.supervisor import lock
from tryggve.supervisor.tests.house import House
from tryggve.supervisor.tests.polling import until

pytestmark = pytest.mark.process


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def _one_generation(house: House) -> dict[str, object]:
    """Token and server that all answers share. Fails when two servers answer."""
    generations = {(answer.get("token"), answer.get("server")) for answer in house.answers()}
    assert len(generations) == 1
    token, server = generations.pop()
    return {"token": token, "server": server}


def _worker_pids(house: House) -> set[int]:
    return {answer["worker"] for answer in house.answers()}


def test_up_starts_one_server_with_two_workers_and_one_worker_for_the_queue(house: House) -> None:
    house.up_and_ready()
    generation = _one_generation(house)
    assert house.work()["token"] == generation["token"]
    until(lambda: len(_worker_pids(house)) == 2)
    assert sorted(path.name for path in house.folders.run.iterdir()) == [
        "address",
        "lock",
        "server.json",
        "worker.json",
    ]


def test_kill_of_a_page_worker_leaves_the_same_server_with_a_new_worker(house: House) -> None:
    house.up_and_ready()
    before = _one_generation(house)
    first, second = until(lambda: pids if len(pids := _worker_pids(house)) == 2 else None)
    _kill(first)
    until(lambda: len(_worker_pids(house) - {first}) == 2)
    assert first not in _worker_pids(house)
    assert second in _worker_pids(house)
    assert _one_generation(house) == before


def test_kill_of_the_server_ends_its_workers_and_starts_another(house: House) -> None:
    house.up_and_ready()
    before = _one_generation(house)
    _kill(house.answers(1)[0]["server"])
    until(lambda: (answer := house.answers(1)[0]) and answer["server"] != before["server"])
    assert _one_generation(house)["token"] == before["token"]


def test_kill_of_the_queue_worker_starts_another(house: House) -> None:
    house.up_and_ready()
    before = house.work()
    _kill(before["pid"])
    after = until(lambda: (work := house.work()) and work["pid"] != before["pid"] and work)
    assert after["token"] == before["token"]
    assert json.loads((house.folders.logs / "worker.log").read_text())["status"] == -signal.SIGKILL


def test_kill_of_the_parent_frees_port_lock_and_queue(house: House) -> None:
    _kill(house.up_and_ready().pid)
    until(house.is_port_free)
    until(house.is_work_free)
    with lock.hold(house.folders):
        assert house.answers(1) == [{}]


def test_kill_of_the_parent_and_start_again_leaves_only_the_new_generation(house: House) -> None:
    _kill(house.up_and_ready().pid)
    before = house.answers(1)[0].get("token")
    house.up_and_ready()
    generation = _one_generation(house)
    assert generation["token"] != before
    assert house.work()["token"] == generation["token"]


def test_kill_of_parent_and_server_at_once_leaves_only_the_new_generation(house: House) -> None:
    parent = house.up_and_ready()
    server = house.answers(1)[0]["server"]
    _kill(parent.pid)
    _kill(server)
    house.up_and_ready()
    assert _one_generation(house)["server"] != server


def test_second_up_on_the_same_folder_is_refused_and_named_the_address(house: House) -> None:
    house.up_and_ready()
    before = _one_generation(house)
    second = house.up()
    _, told = second.communicate()
    assert (second.returncode, f"http://localhost:{house.port}/" in told) == (2, True)
    assert _one_generation(house) == before


def test_port_taken_is_told_and_nothing_is_started(house: House) -> None:
    with socket.create_server(("127.0.0.1", house.port)):
        refused = house.up()
        _, told = refused.communicate()
    assert (refused.returncode, f"Port {house.port} is taken" in told) == (2, True)
    assert [path.name for path in house.folders.run.iterdir()] == ["lock"]
    assert list(house.folders.logs.iterdir()) == []
    with lock.hold(house.folders):
        assert house.is_work_free()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_everything_and_the_status_is_0(house: House, number: signal.Signals) -> None:
    parent = house.up_and_ready()
    parent.send_signal(number)
    assert parent.communicate() == ("", "")
    assert parent.returncode == 0
    assert house.is_port_free()
    assert house.is_work_free()
    assert [path.name for path in house.folders.run.iterdir()] == ["lock"]


def test_signal_while_starting_stops_everything(house: House) -> None:
    parent = house.up()
    until((house.folders.run / "worker.json").exists)
    parent.send_signal(signal.SIGTERM)
    parent.communicate()
    assert parent.returncode == 0
    assert house.is_port_free()
    assert house.is_work_free()


def test_ctrl_c_in_the_terminal_reaches_the_parent_only(house: House) -> None:
    parent = house.up_and_ready()
    sessions = {
        os.getsid(parent.pid),
        os.getsid(house.work()["pid"]),
        os.getsid(house.answers(1)[0]["server"]),
    }
    assert len(sessions) == 3


def test_output_of_the_children_goes_to_logs_of_json_lines(house: House) -> None:
    parent = house.up_and_ready()
    parent.send_signal(signal.SIGTERM)
    parent.wait()
    lines = (house.folders.logs / "server.log").read_text().splitlines()
    assert {line[0] + line[-1] for line in lines} == {"{}"}
    assert sorted(path.name for path in house.folders.logs.iterdir()) == ["server.log", "worker.log"]
