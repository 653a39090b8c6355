"""Every address, asked by everybody, for what really exists: the answer is that of the table."""

from functools import partial

import pytest
import time_machine
from django.core.management import get_commands, load_command_class
from django.db import transaction

from tests.by_role import world as worlds
from tests.by_role.asking import PATTERNS, addresses, cell, path_to, writes
from tests.by_role.beside import COMMANDS, TOKEN_COLUMNS, TOKENS, WHOM, WHOM_COLUMNS, WITHOUT_A_POLICY
from tests.by_role.people import API, NOON, sign_in_of_others, token_of
from tests.by_role.rows import COLUMNS, Row
from tests.by_role.table import FROM_ELSEWHERE, TABLE
from tryggve.accounts import permissions
from tryggve.accounts.commands import PolicedCommand
from tryggve.accounts.policy import asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]

# What becomes of it when the factor was used just now; eleven minutes after it, all of them are «asked again».
SHORTLY_AFTER = {"^": "+", "!": "-", "0": "0"}


def _asked(column: int, rows: list[Row]) -> list[tuple[Row, str, str]]:
    return [(row, method, row.cells[column]) for row in rows for method in row.methods]


def _letters(world: worlds.World, row: Row, method: str, wanted: str) -> str:
    """What came of it with an old factor, and where the table says that it matters, with a fresh one."""
    old = cell(world, row, method, world.old)
    if old != "a" and wanted not in SHORTLY_AFTER:
        return old
    asker = world.asker
    kept = partial(sign_in_of_others, asker) if asker and wanted == "0" else None
    return f"{old} {cell(world, row, method, world.fresh, kept)}"


def test_table_has_every_address_of_the_product_and_a_cell_for_everybody() -> None:
    assert {row.name for row in TABLE} == set(PATTERNS)
    assert len(list(addresses())) == len(PATTERNS) == len(list(permissions.views()))
    assert {len(row.cells) for row in TABLE} == {len(COLUMNS)}


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_gets_in_where_the_table_says(column: str, noon: time_machine.Traveller) -> None:
    world, wrong = worlds.build(column), []
    for row, method, wanted in _asked(COLUMNS.index(column), TABLE):
        expected = f"a {SHORTLY_AFTER[wanted]}" if wanted in SHORTLY_AFTER else wanted
        met = _letters(world, row, method, wanted)
        if met != expected:
            wrong.append(f"{method} {row.name}: {met}, not {expected}")
    assert wrong == []


@pytest.mark.parametrize("column", TOKEN_COLUMNS)
def test_token_opens_of_the_api_what_the_table_says(column: str, noon: time_machine.Traveller) -> None:
    world = worlds.build("owner" if column == "elsewhere" else column)
    assert world.asker is not None
    met = []
    for row, method, _wanted in _asked(0, TOKENS):
        scopes = [scope for scope in API if column != "elsewhere" or not _is_for(scope, row)]
        world.authorization = f"Bearer {token_of(world.asker, *scopes)}"
        met.append(cell(world, row, method, {}))
    assert met == [wanted for _row, _method, wanted in _asked(TOKEN_COLUMNS.index(column), TOKENS)]


def test_token_opens_no_page(noon: time_machine.Traveller) -> None:
    world = worlds.build("owner")
    assert world.asker is not None
    world.authorization = f"Bearer {token_of(world.asker, *API)}"
    pages = [asked for asked in _asked(0, TABLE) if asked[2] == "s"]
    assert {cell(world, row, method, {}) for row, method, _wanted in pages} == {"s"}


@pytest.mark.parametrize("by", dict.fromkeys(by for by, _whom in WHOM_COLUMNS))
def test_people_change_whom_the_table_says(by: str, noon: time_machine.Traveller) -> None:
    world = worlds.build(by)
    for column, (asker, whom) in enumerate(WHOM_COLUMNS):
        if asker == by:
            with transaction.atomic():
                worlds.aim_at(world, whom)
                met = [cell(world, row, method, world.fresh) for row, method, _wanted in _asked(column, WHOM)]
                transaction.set_rollback(True)
            assert (whom, met) == (whom, [wanted for _row, _method, wanted in _asked(column, WHOM)])


def test_addresses_answer_to_the_methods_of_the_table_alone(noon: time_machine.Traveller) -> None:
    world = worlds.build("owner")
    answered: dict[str, set[str]] = {}
    for row in TABLE:
        answered.setdefault(row.name, set()).update(row.methods)
    for row in TABLE:
        for method in {"GET", "POST"} - answered[row.name]:
            assert (row.name, method, cell(world, row, method, world.fresh)) in {
                (row.name, method, "?405"),
                (row.name, method, "k"),  # asked before the method is
            }


def test_no_form_is_taken_without_its_token(noon: time_machine.Traveller) -> None:
    """Every address that answers to a form, asked by an owner whose browser was led to it by another site."""
    world = worlds.build("owner")
    for row, method, _wanted in _asked(COLUMNS.index("owner"), TABLE):
        if method == "POST" and row.name not in FROM_ELSEWHERE:
            browser = worlds.browser_with(world.fresh, enforce_csrf_checks=True)
            with writes() as written:
                answer = browser.post(path_to(row.name, world.things), world.bodies.get(row.name, {}))
            assert (row.name, answer.status_code, written) == (row.name, 403, set())
            assert "The form was too old" in answer.content.decode()


def test_what_asks_for_no_form_token_is_opened_by_a_token_or_signed() -> None:
    exempt = {name for name, one in PATTERNS.items() if getattr(one.callback, "csrf_exempt", False)}
    assert exempt == {row.name for row in TOKENS} | FROM_ELSEWHERE


def _is_for(scope: str, row: Row) -> bool:
    return scope.partition(".")[0] == row.name.partition(":")[0]


def _verbs() -> dict[str, str]:
    """What every verb of ours asks for."""
    ours = [(name, app) for name, app in get_commands().items() if str(app).startswith("tryggve.")]
    loaded = [(name, load_command_class(app, name)) for name, app in ours if name not in WITHOUT_A_POLICY]
    return {
        f"{name} {verb}".strip(): asked
        for name, command in loaded
        if isinstance(command, PolicedCommand)
        for verb, asked in command.permissions.items()
    }


def test_every_verb_asks_for_what_the_table_says_and_this_account_may() -> None:
    """That each verb has a permission, and which commands have none, stands in test_commands."""
    assert _verbs() == COMMANDS
    for name in COMMANDS.values():
        asking.require(asking.of_machine(name, at=NOON))
