"""Every verb of ``./tryggve`` asks the policy, but for those named here."""

from argparse import _SubParsersAction
from importlib.resources import files

import pytest
from django.core.management import get_commands, load_command_class

from tryggve.accounts import permissions
from tryggve.accounts.commands import PolicedCommand
from tryggve.lib.command import Command

# They start the product or its processes, look at the computer, make up a firm in a folder of its own, or put a
# register back where there is none: none reads or changes one that somebody has.
WITHOUT_A_POLICY = {"up", "serve", "work", "doctor", "demo", "restore", "scan"}

OURS = {name: app for name, app in get_commands().items() if str(app).startswith("tryggve.")}


def _verbs(command: Command, name: str) -> set[str]:
    parser = command.create_parser("tryggve", name)
    kinds = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    return {verb for kind in kinds for verb in kind.choices} or {""}


def test_commands_without_a_policy_are_those_that_touch_no_register() -> None:
    commands = {name: load_command_class(app, name) for name, app in OURS.items()}
    assert {name for name, one in commands.items() if not isinstance(one, PolicedCommand)} == WITHOUT_A_POLICY


@pytest.mark.parametrize("name", sorted(OURS.keys() - WITHOUT_A_POLICY))
def test_each_verb_asks_for_a_permission_that_somebody_declared(name: str) -> None:
    command = load_command_class(OURS[name], name)
    assert isinstance(command, PolicedCommand)
    assert command.permissions.keys() == _verbs(command, name)
    assert set(command.permissions.values()) - permissions.declared().keys() == set()


def test_every_command_of_the_domains_is_looked_at() -> None:
    domains = files("tryggve") / "domains"
    written = {
        file.name.removesuffix(".py")
        for domain in domains.iterdir()
        if (folder := domain / "management" / "commands").is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".py") and file.name != "__init__.py"
    }
    assert written == OURS.keys()
