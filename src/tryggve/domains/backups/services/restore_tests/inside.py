"""In a process that knows the restored copy alone: it is brought to this version, and tells what is sealed in it."""

import json
import sys
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from tryggve.domains.backups.engine.manifest import Tree
from tryggve.domains.backups.services.restore_tests import beside
from tryggve.domains.customers.api import SealedCard
from tryggve.lib.folders import Folders

_PROGRAM: Final = (
    "import django; django.setup(); "
    "from tryggve.domains.backups.services.restore_tests import inside; inside.tell()"
)


@dataclass(frozen=True, slots=True)
class Inside:
    """Customers whom chance took, those who were named, and the root of the log's tree, in hexadecimal digits."""

    random: list[SealedCard]
    named: list[SealedCard]
    root: str


def asked(*, count: int, named: Collection[UUID], tree: Tree | None, where: Folders) -> Inside:
    """Raises TestFailed where the copy can't be brought to this version, or not be read."""
    words = {
        "count": count,
        "named": [one.hex for one in named],
        "tree": [tree.epoch, tree.size] if tree else None,
    }
    told = beside.answer(_PROGRAM, words, where=where, code="copy-unusable")
    return Inside(_cards(told["random"]), _cards(told["named"]), str(told["root"]))


def tell() -> None:
    """The main of that process: standard input says what is wanted."""
    from django.core.management import call_command  # noqa: PLC0415 - the other process has no use for it
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from tryggve.audit.tiles import EpochTiles  # noqa: PLC0415
    from tryggve.domains.customers import api as customers  # noqa: PLC0415

    wanted = json.load(sys.stdin)
    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    told = {
        "random": _written(customers.random_cards(wanted["count"])),
        "named": _written(customers.sealed_cards([UUID(hex=one) for one in wanted["named"]])),
        "root": EpochTiles(wanted["tree"][0]).root(wanted["tree"][1]).hex() if wanted["tree"] else "",
    }
    json.dump(told, sys.stdout)


def _written(cards: Collection[SealedCard]) -> list[Any]:
    return [[card.customer.hex, card.revision, card.blob.hex()] for card in cards]


def _cards(told: list[Any]) -> list[SealedCard]:
    return [
        SealedCard(UUID(hex=customer), int(revision), bytes.fromhex(blob))
        for customer, revision, blob in told
    ]
