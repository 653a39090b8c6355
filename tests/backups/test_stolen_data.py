"""The repository of data is stolen, its password too: without the keys nobody in it can be known or read."""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from tests import ground
from tests.backups.backed_up import BackedUp, firm_backed_up
from tests.cast import CILLA, DAN, NOW
from tests.erasure.erasing import erase, open_case
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.backups.services.restore_tests import inside
from tryggve.domains.backups.tests import here
from tryggve.domains.customers import number_tags
from tryggve.domains.customers.api import name_on
from tryggve.domains.customers.engine import known_by
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services.documents import add_document
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of
from tryggve.domains.customers.tests.numbers import CILLAS, CILLAS_WRITTEN, keep
from tryggve.domains.rights.services.suppression import REGISTER as HELD_BACK
from tryggve.domains.setup.models import Firm
from tryggve.lib import folders
from tryggve.lib.folders import Folders
from tryggve.vault import opening
from tryggve.vault.key_copies import CopiedKeys, KeyCopy

__all__ = ["firm_backed_up"]
pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
_ERASED = Details(name="Erika Lindqvist", emails=("erika@example.se",))
_SAID = (
    *(
        CILLA.name,
        "Åkerström",
        *CILLA.emails,
        *CILLA.phones,
        CILLA.note,
        CILLA.addresses[0].street,
        CILLA.source,
    ),
    *(DAN.name, "Sørensen", *DAN.emails, *DAN.phones, DAN.organisation),
    *(_ERASED.name, *_ERASED.emails),
    *("Fatima Haddad", "fatima@example.se", "0702345678", "has a dog called Bella"),
    *("please-correct-me", "offer-for-cilla.pdf", "Offer of a new roof to Cilla"),
    *(CILLAS.digits, CILLAS_WRITTEN),
)


@pytest.fixture
def stolen(firm_backed_up: BackedUp, tmp_path: Path) -> Path:
    """All that comes back with the password of the data, of a register in which much has been written."""
    [cilla, _dan], [erika] = firm_backed_up.customers, add(_ERASED)
    bring_in(csv_of("Fatima Haddad;fatima@example.se;0702345678;has a dog called Bella;38"))
    keep(cilla, CILLAS)
    open_case(cilla)
    about = BytesIO(b"%PDF-1.7 Offer of a new roof to Cilla")
    add_document(
        customer=cilla, name="offer-for-cilla.pdf", source=about, actor=MACHINE, at=NOW, reach=EVERYBODY
    )
    erase(erika)
    run = firm_backed_up.back_up()
    firm_backed_up.data.restore(
        firm_backed_up.data.snapshots(tags=[f"pair={run.pk.hex}"])[0].id, to=tmp_path / "stolen"
    )
    return tmp_path / "stolen"


def _forms(said: str) -> Iterator[bytes]:
    """As it may stand in a file."""
    for one in {said, said.casefold(), "".join(filter(str.isalnum, said.casefold()))}:
        plain = one.encode()
        yield from (plain, one.encode("utf-16-le"), json.dumps(one)[1:-1].encode(), plain.hex().encode())
        yield base64.b64encode(plain)[: len(plain) // 3 * 4]


def _found(contents: Iterable[bytes], said: Iterable[str]) -> set[str]:
    searched = list(contents)
    return {one for one in said if any(form in content for form in _forms(one) for content in searched)}


def _contents(folder: Path) -> list[bytes]:
    """Of all that lies there; a dump of PostgreSQL's as the statements that it is written with."""
    found = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    for dump in folder.rglob("*.pgdump"):
        done = subprocess.run(["pg_restore", "--file=-", str(dump)], check=True, capture_output=True)
        found.append(done.stdout)
    return found


def test_nobody_is_known_from_the_repository_or_from_what_comes_out_of_it(
    firm_backed_up: BackedUp, stolen: Path, firm: Firm
) -> None:
    repository = _contents(Path(firm_backed_up.data.place.location))
    restored = _contents(stolen)
    assert _found(repository, [*_SAID, firm.name, "customers_customer"]) == set()
    assert _found(restored, _SAID) == set()
    assert _found(restored, [firm.name, "customers_customer"]) == {firm.name, "customers_customer"}


def _told_by(tags: Iterable[str], contents: Iterable[bytes]) -> set[str]:
    """Those keyed hashes that stand there, in digits or as bytes."""
    searched = list(contents)
    forms = {tag: (tag.encode(), bytes.fromhex(tag)) for tag in tags}
    return {tag for tag, some in forms.items() if any(form in one for form in some for one in searched)}


def test_no_index_lies_there_that_tells_whether_somebody_is_known(stolen: Path) -> None:
    """Not even to who has the keys that make its entries: what is asked that way would outlive an erasure.

    But for whoever was erased: no list may bring them back, which their receipt tells them.
    """
    restored = _contents(stolen)
    [number] = number_tags.made([CILLAS])
    marks = known_by.barred_by(CILLA, [], "SE") + known_by.barred_by(DAN, [], "SE")
    tags = vault.keyring().tags(map(str.encode, marks), register=HELD_BACK)
    hashes = [sha256(one.encode()).hexdigest() for one in (*marks, *CILLA.emails, *DAN.emails, CILLAS.digits)]
    assert _told_by([number, *tags, *hashes], restored) == set()
    erased = vault.keyring().tags(map(str.encode, known_by.barred_by(_ERASED, [], "SE")), register=HELD_BACK)
    assert _told_by(erased, restored) == set(erased)


def test_nothing_lies_there_that_can_be_made_again(stolen: Path) -> None:
    """Of all that a data folder holds: no caches, no logs of the program, no list on its way, no keys."""
    here_now = {one.name for one in folders.current().data.iterdir()}
    there = {one.name for one in stolen.iterdir()}
    assert there <= {"backups", "files", "audit", "id", "in-use", "demo"}
    assert {"run", "logs", "keys.sqlite3"} <= here_now - there
    assert {one.name for one in (folders.current().data / "backups").iterdir()} >= {"cache", "hashes.json"}
    assert {one.name for one in (stolen / "backups").iterdir()} == {"copy"}
    database = "database.pgdump" if ground.on_postgresql() else "tryggve.sqlite3"
    assert {one.name for one in (stolen / "backups" / "copy").iterdir()} == {"manifest.json", database}


def _reads(keys: CopiedKeys, where: Folders) -> list[str]:
    read = []
    for card in inside.asked(count=20, named=[], tree=None, where=where).random:
        try:
            read.append(name_on(card, keys))
        except vault.CannotOpen:
            continue
    return sorted(read)


@pytest.mark.skipif(ground.on_postgresql(), reason="starts on the file of the database")
def test_restored_database_opens_no_record_without_the_copy_of_the_keys(
    firm_backed_up: BackedUp, stolen: Path, tmp_path: Path
) -> None:
    where = Folders(stolen, tmp_path / "config")
    (stolen / "backups" / "copy" / "tryggve.sqlite3").rename(where.database)
    ours = here.key_parts(firm_backed_up.key_place)["keys.sqlite3"]
    thiefs = Folders(tmp_path / "thief", tmp_path / "thiefs keys")
    folders.create(thiefs)
    vault.create(thiefs)
    with KeyCopy(thiefs.keys.read_bytes()) as theirs:
        assert _reads(theirs.keys(opening.unlocked(thiefs)), where) == []
    with KeyCopy(ours) as copied:
        # What unlocks ours lies in the key file of the computer, or on two pages: in neither copy.
        assert _reads(copied.keys(opening.unlocked(thiefs)), where) == []
        read = _reads(copied.keys(opening.unlocked(folders.current())), where)
    assert read == ["Cilla Åkerström", "Dan Sørensen", "Fatima Haddad"]

    shutil.copy(thiefs.keys, where.keys)
    shutil.copytree(thiefs.config, where.config)
    done = _find("cilla", where)
    assert (done.returncode != 0, b"Cilla" in done.stdout, b"cilla@" in done.stdout) == (True, False, False)


def _find(who: str, where: Folders) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-m", "tryggve", "customers", "find", who]
    return subprocess.run(
        [*words, "--data", str(where.data), "--config", str(where.config)],
        env={"PATH": os.environ["PATH"], "HOME": str(where.data), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
