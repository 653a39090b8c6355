from tryggve.supervisor.pace import Pace


def test_waits_double_and_become_slow_after_so_many_deaths_at_the_start() -> None:
    pace = Pace(first=1.0, slow=60.0, patience=5)
    assert [pace.wait(deaths) for deaths in range(8)] == [0.0, 0.0, 1.0, 2.0, 4.0, 60.0, 60.0, 60.0]


def test_waits_are_never_longer_than_the_slow_one() -> None:
    pace = Pace(first=1.0, slow=10.0, patience=100)
    assert [pace.wait(deaths) for deaths in (5, 6, 7, 99)] == [8.0, 10.0, 10.0, 10.0]
