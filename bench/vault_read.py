"""The reading half of ``bench.vault``."""

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from bench import measuring, vault_insert
from bench.vault_insert import NOW

_READS = 40
_PAGE = 50
# Changes of single customers since the last import, as a register in use has them.
_CHANGES = 1_000

# What is measured, and what it is compared with.
COMPARED = {
    "plain fifty by id": "plain fifty by id",
    "fifty by id": "plain fifty by id",
    "plain page by name": "plain page by name",
    "page by name, no entry": "plain page by name",
    "page by name": "plain page by name",
    "plain first page": "plain first page",
    "first page, no entry": "plain first page",
    "first page": "plain first page",
    "plain look-up by id": "plain look-up by id",
    "look-up by id, no entry": "plain look-up by id",
    "look-up by id": "plain look-up by id",
    "plain look-up by e-mail": "plain look-up by e-mail",
    "look-up by e-mail, no entry": "plain look-up by e-mail",
    "look-up by e-mail": "plain look-up by e-mail",
    "the entry alone": "plain look-up by e-mail",
}

Reader = Callable[[random.Random], object]


def read(home: Path, count: int, rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each kind of reading, taking turns; plain and sealed rows lie in one database."""
    measuring.begin_register(home)
    from tryggve.domains.customers.models import Customer, CustomerChange  # noqa: PLC0415

    some = vault_insert.people(count)
    vault_insert.insert_plain(some)
    vault_insert.insert_sealed(some)
    changed = Customer.objects.values_list("pk", flat=True)[:_CHANGES]
    CustomerChange.objects.bulk_create([CustomerChange(customer_ref=customer) for customer in changed])
    from tryggve.vault import reading  # noqa: PLC0415

    time.sleep(reading.SETTLED_SECONDS)  # a register that nobody erases or imports in just now
    kinds = plain_readers(some) | sealed_readers(some)
    for work in kinds.values():
        work(random.Random(1))  # noqa: S311 - lays out the search index, which isn't measured here
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(rounds):
        for name, work in kinds.items() if number % 2 == 0 else reversed(kinds.items()):
            dice, before = random.Random(number), time.process_time()  # noqa: S311 - the same questions for each
            for _turn in range(_READS):
                work(dice)
            found[name].append((time.process_time() - before) / _READS)
    return found


def plain_readers(some: list[vault_insert.Person]) -> dict[str, Reader]:
    from django.core.paginator import Paginator  # noqa: PLC0415

    plain, pages = vault_insert.plain_model()._default_manager, len(some) // _PAGE
    ids = list(plain.values_list("pk", flat=True))

    def page(number: int) -> object:
        return list(Paginator(plain.order_by("name"), _PAGE).get_page(number).object_list)

    return {
        "plain fifty by id": lambda dice: list(plain.filter(pk__in=dice.sample(ids, _PAGE))),
        "plain page by name": lambda dice: page(dice.randrange(pages) + 1),
        "plain first page": lambda _dice: page(1),
        "plain look-up by id": lambda dice: plain.get(pk=dice.choice(ids)),
        "plain look-up by e-mail": lambda dice: plain.get(email=dice.choice(some)[1]),
    }


def sealed_readers(some: list[vault_insert.Person]) -> dict[str, Reader]:
    from tryggve.accounts.policy import EVERYBODY  # noqa: PLC0415
    from tryggve.domains.customers import actions  # noqa: PLC0415
    from tryggve.domains.customers.models import Customer  # noqa: PLC0415
    from tryggve.domains.customers.selectors import register, rows  # noqa: PLC0415

    module: Any = register
    audit, pages = module.audit, len(some) // _PAGE
    who: dict[str, Any] = {"actor": "system", "at": NOW, "reach": EVERYBODY}
    ids: list[UUID] = list(Customer.objects.values_list("pk", flat=True))
    looks: dict[str, Reader] = {
        "page by name": lambda dice: (
            register.customer_page(number=dice.randrange(pages) + 1, **who).object_list
        ),
        "first page": lambda _dice: register.customer_page(number=1, **who).object_list,
        "look-up by id": lambda dice: register.customer_card(
            reach=EVERYBODY, customer=dice.choice(ids), **who
        ),
        "look-up by e-mail": lambda dice: register.customers_matching(
            reach=EVERYBODY, text=dice.choice(some)[1], **who
        ),
    }
    unseen: Any = SimpleNamespace(look=lambda *_what, **_facts: None)

    def without_entry(look: Reader, dice: random.Random) -> object:
        module.audit = unseen
        try:
            return look(dice)
        finally:
            module.audit = audit

    return {
        "fifty by id": lambda dice: rows.details_of(dice.sample(ids, _PAGE)),
        **looks,
        **{f"{name}, no entry": partial(without_entry, look) for name, look in looks.items()},
        "the entry alone": lambda _dice: audit.look(
            actions.LISTED, shown=_PAGE, page=1, actor="system", at=NOW
        ),
    }
