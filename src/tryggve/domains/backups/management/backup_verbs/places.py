"""``backup places``: listed, added, changed, tried, removed, taken back."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.audit import actors
from tryggve.domains.backups import opaque
from tryggve.domains.backups.management.backup_verbs import places_told
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_kinds import FIELDS, sftp
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.selectors import shown_places
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import Wanted
from tryggve.lib.command import Command, shared_options
from tryggve.lib.errors import Refusal

_LONGEST: Final = 256 * 1024
_KINDS: Final = {str(kind).lower(): str(kind) for kind in Place.Kind}


class NotFields(Refusal):
    """What came from standard input isn't the fields of such a place."""


class NoSuchPlace(Refusal):
    """No place has that id."""


def add(verbs: Any) -> Any:
    """The options of ``backup places``."""
    verb = verbs.add_parser("places", help=_("where backups go: list, add, change, try, remove"))
    deeds = verb.add_subparsers(dest="deed", metavar="[DEED]")
    listed = deeds.add_parser(
        "list", help=_("every place, and whether it can be reached (as without a word)")
    )
    key = deeds.add_parser(
        "sftp-key",
        help=_("make a key for a computer by SFTP, and show that computer's own; always answers with JSON"),
    )
    key.add_argument("host", help=_("the computer's name or address"))
    key.add_argument("--port", default="", help=_("its port (22)"))
    added = deeds.add_parser("add", help=_("try a place out, and keep backups there from now on"))
    _options_of_add(added)
    changed = deeds.add_parser("change", help=_("tell anew what lets in there, such as after a theft"))
    tried = deeds.add_parser("test", help=_("write there, read it back, and try to delete it"))
    removed = deeds.add_parser("remove", help=_("bring no more backups there; data that lies there stays"))
    restored = deeds.add_parser("restore", help=_("take a removed place back"))
    destroyed = deeds.add_parser(
        "destroyed", help=_("say that what held a removed place was destroyed, with all that lay there")
    )
    for one in (changed, tried, removed, restored, destroyed):
        one.add_argument("id", help=_("the place's id"))
    _fields_of(changed)
    for one in (listed, key, added, changed, tried, removed, restored, destroyed):
        shared_options(one, again=True)
    return verb


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """1 where a place can't be reached, or a trial failed."""
    match options["deed"]:
        case "add":
            return _add(command, options, at)
        case "change":
            return _change(command, options, at)
        case "sftp-key":
            return _make_key(command, options)
        case "test":
            return _test(command, options, at)
        case "remove":
            left = places.remove(place=_id(options), actor=actors.this_account(), at=at)
            if left is not places.Left.NOTHING:
                command.stderr.write(places_told.left(left))
        case "destroyed":
            places.note_destroyed(place=_id(options), actor=actors.this_account(), at=at)
        case "restore":
            places.restore(place=_id(options), actor=actors.this_account(), at=at)
    return _list(command, options, at)


def _options_of_add(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=sorted(_KINDS), help=_("what kind of place it is"))
    parser.add_argument("--title", required=True, help=_("what it is called"))
    parser.add_argument(
        "--holds", choices=["data", "keys", "both"], default="data", help=_("what goes there (data)")
    )
    parser.add_argument("--carried", action="store_true", help=_("a disk that is carried away"))
    parser.add_argument("--elsewhere", action="store_true", help=_("it stands in another house"))
    parser.add_argument("--country", default="", help=_("in which country, with two letters"))
    parser.add_argument(
        "--path", default="", help=_("of a folder: where it is; nothing is read from standard input")
    )
    _fields_of(parser, nargs="?")


def _fields_of(parser: ArgumentParser, **options: Any) -> None:
    parser.add_argument(
        "fields", choices=["-"], help=_("read what lets in there from standard input, as JSON"), **options
    )
    named = (f"{name}: {', '.join(_names(kind))}" for name, kind in sorted(_KINDS.items()))
    parser.epilog = _(
        "The fields of each kind, as JSON: %(fields)s. For sftp those that «sftp-key» told are among them."
    ) % {"fields": "; ".join(named)}


def _add(command: Command, options: dict[str, Any], at: datetime) -> int:
    kind = _KINDS[options["kind"]]
    fields = _given(kind, "taken_up_with") if options["fields"] else {}
    wanted = Wanted(
        options["title"],
        kind,
        holds_data=options["holds"] != "keys",
        holds_keys=options["holds"] != "data",
        is_carried=options["carried"],
        is_elsewhere=options["elsewhere"],
        country=options["country"],
        password=fields.pop("taken_up_with", ""),
    )
    if options["path"]:
        fields["path"] = options["path"]
    found = places.add(wanted=wanted, fields=fields, actor=actors.this_account(), at=at)
    if options["json"]:
        command.say_json({"place": str(found.id), "seconds": found.seconds, "keeps_old": found.keeps_old})
    else:
        command.say(_("Backups go there from now on. Its id: %(id)s") % {"id": found.id})
        command.say(places_told.deletion(found.keeps_old))
    return 0


def _change(command: Command, options: dict[str, Any], at: datetime) -> int:
    id = _id(options)
    fields = _given(selectors.one(id).kind)
    is_right = places.change_access(place=id, fields=fields, actor=actors.this_account(), at=at)
    _say(command, [shown_places.place(id, now=at)], options)
    return 0 if is_right else 1


def _names(kind: str) -> list[str]:
    """What a person tells; a private key only as «sftp-key» told it, sealed."""
    return ["carried_key" if name == "private_key" else name for name in FIELDS[kind]]


def _given(kind: str, *more: str) -> dict[str, str]:
    names = {*FIELDS[kind], *_names(kind), *more}
    try:
        given = json.loads(sys.stdin.read(_LONGEST))
    except ValueError:
        given = None
    if (
        not isinstance(given, dict)
        or not all(isinstance(one, str) for one in given.values())
        or given.keys() - names
    ):
        raise NotFields(
            _("Standard input must be JSON with some of these, each a text: %(names)s. Nothing was changed.")
            % {"names": ", ".join(sorted(names))}
        )
    if "carried_key" in given:
        return {**given, "private_key": opaque.shown(given["carried_key"], what=opaque.KEY)}
    return dict(given)


def _make_key(command: Command, options: dict[str, Any]) -> int:
    """The private half is told sealed: only this Tryggve can read it."""
    pair, shown = sftp.new_key_pair(), sftp.host_key(options["host"], options["port"])
    command.say_json(
        {
            "public_key": pair.public,
            "fingerprint": shown.fingerprint,
            "fields": {"carried_key": opaque.hidden(pair.private, what=opaque.KEY), "host_key": shown.line},
        }
    )
    return 0


def _test(command: Command, options: dict[str, Any], at: datetime) -> int:
    is_right = places.try_again(place=_id(options), actor=actors.this_account(), at=at)
    _say(command, [shown_places.place(_id(options), now=at)], options)
    return 0 if is_right else 1


def _list(command: Command, options: dict[str, Any], at: datetime) -> int:
    is_there = places.look(at=at)
    _say(command, shown_places.places(now=at), options)
    return 0 if all(is_there.values()) else 1


def _say(command: Command, shown: Any, options: dict[str, Any]) -> None:
    if options["json"]:
        command.say_json([places_told.as_json(one) for one in shown])
        return
    for one in shown:
        command.say(places_told.sentence(one))
    if not shown:
        command.say(_("There is no place for backups yet."))


def _id(options: dict[str, Any]) -> UUID:
    try:
        found = UUID(options["id"])
    except ValueError:
        found = None
    if found is None or not Place.objects.filter(pk=found).exists():
        raise NoSuchPlace(
            _("No place has that id. Nothing was changed. «./tryggve backup places» lists them.")
        )
    return found
