"""What `doctor` says of the computer that Tryggve runs on: how its secrets could be written down or carried off."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from tryggve.domains.setup.engine import block_devices, copied_folders, memory_on_disk
from tryggve.domains.setup.engine.block_devices import Encryption
from tryggve.lib.findings import Finding, Question
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock, processes, runfiles

_ROOT = Path("/")


def swap(folders: Folders, root: Path = _ROOT) -> Finding:
    found = memory_on_disk.swaps(root)
    if found is None:
        return Finding(
            "swap",
            "warning",
            _("Whether the computer moves memory to disk (swap) can't be told. Ask who set it up."),
        )
    worst = block_devices.worst(one.encryption for one in found) if found else "encrypted"
    places = {"places": ", ".join(one.path for one in found if one.encryption == worst)}
    match worst:
        case "encrypted":
            text = _("What is in memory isn't moved to disk, or is encrypted there (swap).")
            return Finding("swap", "good", text)
        case "open":
            text = _(
                "The computer moves what is in memory to disk without encrypting it (swap: %(places)s). Customers' "
                "details can stay there, for who takes the disk to read. Encrypt the swap, or turn it off: run "
                "«sudo swapoff -a», and remove its line from /etc/fstab."
            )
        case _unknown:
            text = _(
                "The computer moves what is in memory to disk (swap: %(places)s). Whether that is encrypted can't be "
                "told. Ask who set the computer up."
            )
    return Finding("swap", "warning", text % places)


def hibernation(folders: Folders, root: Path = _ROOT) -> Finding:
    match memory_on_disk.hibernation(root):
        case "off" | "encrypted":
            text = _(
                "The computer isn't set up to write its memory to disk when it sleeps, or encrypts it there."
            )
            return Finding("hibernation", "good", text)
        case "open":
            text = _(
                "When the computer hibernates it writes all its memory to disk without encrypting it, keys and "
                "customers' details too. Encrypt the disk, or turn it off: run «sudo systemctl mask "
                "hibernate.target hybrid-sleep.target suspend-then-hibernate.target»."
            )
        case _unknown:
            text = _(
                "Whether the computer writes its memory to disk in the clear when it hibernates can't be told. Ask "
                "who set it up."
            )
    return Finding("hibernation", "warning", text)


def core_dumps(folders: Folders, root: Path = _ROOT) -> Finding:
    match memory_on_disk.core_dumps(root, _processes(folders)):
        case "none":
            text = _("A program of Tryggve's that crashes leaves no copy of its memory behind.")
            return Finding("core_dumps", "good", text)
        case "possible":
            text = _(
                "If a program of Tryggve's crashes, the computer may keep a copy of its memory, with customers' "
                "details. Turn that off: run «sudo sysctl -w kernel.core_pattern='|/bin/false'», and write the same "
                "into a file in /etc/sysctl.d."
            )
        case _unknown:
            text = _(
                "Whether the computer keeps a copy of the memory of a program that crashes can't be told. Ask who set "
                "it up."
            )
    return Finding("core_dumps", "warning", text)


def encryption_of_disks(folders: Folders, root: Path | None = None) -> Mapping[Path, Encryption]:
    """Whether the disk is encrypted that each of the firm's two folders lies on."""
    top = root or _ROOT
    return {
        place: block_devices.encryption_of_folder(top, place.resolve())
        for place in (folders.data, folders.config)
    }


def is_virtual() -> bool:
    """Whether this computer runs inside another one, which may encrypt its disks unseen."""
    return copied_folders.is_virtual_machine(_ROOT)


def disk_encryption(folders: Folders, root: Path = _ROOT) -> Finding:
    found = encryption_of_disks(folders, root)
    worst = block_devices.worst(found.values())
    names = {"folders": ", ".join(str(place) for place in found if found[place] == worst)}
    match worst:
        case "encrypted":
            return Finding("disk_encryption", "good", _("The disk with the data and the keys is encrypted."))
        case "open":
            text = _(
                "The disk is not encrypted, as far as can be seen from here (%(folders)s). Who takes the computer may "
                "be able to read every customer, since the key is in it too. Turn on disk encryption."
            )
        case _unknown:
            text = _(
                "Whether the disk is encrypted can't be told (%(folders)s). Ask who set the computer up: if it isn't, "
                "who takes the computer may be able to read every customer."
            )
    return Finding("disk_encryption", "warning", text % names)


def copies(folders: Folders, root: Path = _ROOT) -> Finding:
    places = (folders.data, folders.config)
    found = {place: copied_folders.copying_program(place.resolve()) for place in places}
    copied = [place for place in places if found[place]]
    names = {
        "programs": ", ".join(sorted({program for program in found.values() if program})),
        "folders": ", ".join(map(str, copied)),
    }
    if copied == list(places):
        text = _(
            "%(programs)s copies both the data and the key to other computers (%(folders)s). Who gets into that "
            "account can read every customer. Move both folders out of it."
        )
    elif copied:
        text = _(
            "%(programs)s copies %(folders)s to other computers. Old versions stay there, also of what is deleted "
            "here. Move the folder out of it."
        )
    elif copied_folders.is_virtual_machine(root):
        text = _(
            "This computer runs inside another one (it is a virtual machine). A copy of the whole machine holds both "
            "the data and the key: who has one can read every customer. Ask who runs it whether such copies are made, "
            "whether they are encrypted, and who can reach them."
        )
    else:
        text = _(
            "No program was seen that copies the data and the key together. Whether copies of the whole computer are "
            "made can't be told from here; they would hold both."
        )
        return Finding("copies", "good", text)
    return Finding("copies", "warning", text % names)


QUESTIONS: Sequence[Question] = (swap, hibernation, core_dumps, disk_encryption, copies)


def _processes(folders: Folders) -> Iterator[int]:
    """This one, which opens the keys too, and those of a running ``up``: its children, and itself."""
    yield os.getpid()
    if lock.running_at(folders) is None:
        return
    for group in runfiles.groups(folders):
        yield from processes.living(group)
        status = block_devices.text_of(_ROOT / "proc" / str(group) / "status") or ""
        if parent := re.search(r"^PPid:\s+(\d+)", status, re.MULTILINE):
            yield int(parent[1])
