import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.customers import raw_search
from tryggve.domains.customers.raw_search import Findings
from tryggve.domains.customers.readable_files import LinkedFolder
from tryggve.domains.customers.selectors import planted
from tryggve.domains.customers.services import planting
from tryggve.domains.setup import api as setup
from tryggve.lib import folders as folder
from tryggve.lib.folders import Folders

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MEBIBYTE = 1024 * 1024
_WORD = "word"
_WRONG = {
    "word-readable": _("What Tryggve wrote as a customer's secret can be read on the disk"),
    "customers-readable": _("A customer's address can be read on the disk"),
    "key-beside-data": _("The key lies among the data that it opens"),
    "open-to-others": _("Other users of the computer can open the data or the keys"),
    "kit-untried": _("No recovery kit has been tried"),
}
_READABLE = {_WORD: "word-readable", "address": "customers-readable", "key": "key-beside-data"}


@measure(
    "CRY-01",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=10),
    facts={
        "wrong": facts.one_of(_("What is wrong"), _WRONG),
        "holes": facts.count(_("How many things are wrong")),
        "files": facts.count(_("Files searched")),
        "megabytes": facts.count(_("Megabytes searched")),
        "customers": facts.count(_("Addresses of real customers looked for")),
        "is_kit_tried": facts.yes_or_no(_("A recovery kit has been tried")),
    },
    causes={
        "blind": _("The search didn't find what had been laid out for it, so it proves nothing."),
        "closed-file": _(
            "A file in the data folder can't be read by Tryggve, so not everything was searched."
        ),
        "linked-folder": _(
            "A folder among the data or the keys is a link to another place, so not everything was searched."
        ),
    },
    mend=Mend("setup:keys", _("To keys and recovery kit"), "setup.view-keys"),
)
def a_stolen_disk_cant_be_read(at: datetime) -> Measured:
    """Plants a word as a customer's secret, searches the raw bytes of everything for it, and takes it away again."""
    folders = folder.current()
    addresses = planted.addresses_sought()
    try:
        found = _searched(folders, addresses, at)
    finally:
        planting.remove_planted(at=at)
    is_kit_tried = setup.has_tried_kit()
    wrong = [code for sign, code in _READABLE.items() if sign in found.readable]
    wrong += ["open-to-others"] if any(map(_is_open_to_others, _guarded(folders))) else []
    wrong += [] if is_kit_tried else ["kit-untried"]
    told: dict[str, facts.Value] = {
        "holes": len(wrong),
        "files": found.files,
        "megabytes": found.size_bytes // _MEBIBYTE,
        "customers": len(addresses),
        "is_kit_tried": is_kit_tried,
    }
    # The files of a server lie elsewhere: there only what its tables say was seen.
    passed = Verdict.PROVED if connection.vendor == "sqlite" else Verdict.OBSERVED
    return Measured(Verdict.FAILING if wrong else passed, {**told, **({"wrong": wrong[0]} if wrong else {})})


def _searched(folders: Folders, addresses: frozenset[bytes], at: datetime) -> Findings:
    word = raw_search.new_word()
    customer = planting.plant(word, at=at)
    try:
        is_written = planting.says(customer, word)
        with raw_search.trial(folders) as laid:
            found = raw_search.search(folders, words={_WORD: word, **laid}, addresses=addresses)
    except vault.CannotOpen:
        raise CannotMeasure("blind") from None
    except OSError:
        raise CannotMeasure("closed-file") from None
    except LinkedFolder:
        raise CannotMeasure("linked-folder") from None
    if not is_written or not laid.keys() <= found.readable:
        raise CannotMeasure("blind")
    return found


def _guarded(folders: Folders) -> Iterator[Path]:
    yield from chain.from_iterable(raw_search.places(folders))
    yield from (folders.key_file, folders.service_key_file, folders.secret_key_file)


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except FileNotFoundError:
        return False
