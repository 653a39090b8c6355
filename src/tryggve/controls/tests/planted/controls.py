import os
import signal
import subprocess
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import connection

from tryggve import vault
from tryggve.controls import facts
from tryggve.controls.models import Probe
from tryggve.controls.registry import CannotMeasure, Measured, Verdict, measure
from tryggve.lib.ids import new_id
from tryggve.vault.keeper_socket import token

DAY = timedelta(days=1)
VALID = timedelta(hours=30)
SOON = timedelta(seconds=2)
ENOUGH = timedelta(minutes=2)
_A_LITTLE = 32 * 1024 * 1024


def folder() -> Path:
    """What the test lays there, and what the probes leave."""
    return Path(os.environ["PLANTED"])


@measure(
    "TST-01",
    every=DAY,
    valid=VALID,
    facts={
        "people": facts.count("People"),
        "is_on": facts.yes_or_no("On"),
        "seen_on": facts.day("Last seen"),
        "policy": facts.one_of("Policy", {"none": "nothing is refused", "reject": "refused"}),
    },
)
def passes(at: datetime) -> Measured:
    with (folder() / "passes").open("a") as log:
        log.write(f"{os.getpid()}\n")
    return Measured(
        Verdict.PROVED, {"people": 3, "is_on": True, "seen_on": date(2026, 3, 2), "policy": "none"}
    )


@measure("TST-02", every=DAY, valid=VALID)
def raises(at: datetime) -> Measured:
    raise LookupError("cilla@firma.example")


@measure("TST-03", every=DAY, valid=VALID, deadline=SOON)
def hangs(at: datetime) -> Measured:
    started = subprocess.Popen(["sleep", "600"])
    (folder() / "started").write_text(f"{os.getpid()} {started.pid}")
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(600)


@measure("TST-04", every=DAY, valid=VALID, deadline=ENOUGH, memory_bytes=_A_LITTLE)
def eats_memory(at: datetime) -> Measured:
    eaten = []
    while True:
        eaten.append(bytearray(1024 * 1024))


@measure("TST-05", every=DAY, valid=VALID, deadline=ENOUGH)
def dies(at: datetime) -> Measured:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@measure("TST-06", every=DAY, valid=VALID, facts={"people": facts.count("People")})
def tells_a_name(at: datetime) -> Measured:
    return Measured(Verdict.PROVED, {"people": "Cilla"})


@measure(
    "TST-07", every=DAY, valid=VALID, facts={"rows": facts.count("Rows"), "key": facts.count("Key's bytes")}
)
def reads(at: datetime) -> Measured:
    """Its own way to the database and to the keys."""
    assert connection.connection is None
    [key] = vault.staff_keyring().create_keys([new_id()])
    return Measured(Verdict.OBSERVED, {"rows": Probe.objects.count(), "key": len(key.bytes)})


@measure("TST-08", every=DAY, valid=VALID)
def depends(at: datetime) -> Measured:
    """Broken and mended by a file."""
    return Measured(Verdict.FAILING if (folder() / "broken").exists() else Verdict.PROVED)


@measure("TST-09", every=DAY, valid=VALID, causes={"no-dns": "Nobody answered."})
def cannot(at: datetime) -> Measured:
    raise CannotMeasure("no-dns")


@measure("TST-10", every=DAY, valid=VALID, deadline=ENOUGH)
def meets_one(at: datetime) -> Measured:
    return _meet("one", "other")


@measure("TST-11", every=DAY, valid=VALID, deadline=ENOUGH)
def meets_other(at: datetime) -> Measured:
    return _meet("other", "one")


@measure("TST-12", every=DAY, valid=VALID)
def leaves(at: datetime) -> Measured:
    raise SystemExit(3)


@measure("TST-13", every=DAY, valid=VALID)
def is_locked_out(at: datetime) -> Measured:
    raise vault.NotUnlocked


@measure("TST-14", every=DAY, valid=VALID, facts={"is_known": facts.yes_or_no("Known to the keeper")})
def asks_the_keeper(at: datetime) -> Measured:
    return Measured(Verdict.OBSERVED, {"is_known": token.inherited() == os.environ.get("TOKEN")})


@measure("TST-15", every=DAY, valid=VALID, deadline=ENOUGH)
def waits(at: datetime) -> Measured:
    return _meet("waiting", "other")


def _meet(me: str, whom: str) -> Measured:
    (folder() / me).touch()
    while not (folder() / whom).exists():
        time.sleep(0.01)
    return Measured(Verdict.PROVED)
