from uuid import UUID

import pytest

from tryggve.audit import actors

ANNA = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


@pytest.mark.parametrize(
    "actor", [actors.user(ANNA), actors.machine("root"), actors.machine("@"), actors.SYSTEM, actors.ANONYMOUS]
)
def test_is_actor_takes_what_the_functions_make(actor: str) -> None:
    assert actors.is_actor(actor)


@pytest.mark.parametrize(
    "actor", ["", "anna", "user:anna", "machine:anna@firma.example", "system\n", "user:"]
)
def test_is_actor_refuses_names_and_addresses(actor: str) -> None:
    assert not actors.is_actor(actor)


@pytest.mark.parametrize(
    ("account", "actor"),
    [
        ("tryggve", "machine:tryggve"),
        ("anna@firma.example", "machine:anna"),
        ("FIRMA\\anna", "machine:FIRMA_anna"),
        ("x" * 40, "machine:" + "x" * 32),
    ],
)
def test_machine_account_of_a_directory_is_cut_to_a_code(account: str, actor: str) -> None:
    assert actors.machine(account) == actor
