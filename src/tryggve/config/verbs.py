import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.apps import apps
from django.core.management import find_commands, load_command_class
from django.utils import translation

from tryggve.lib.errors import Refusal
from tryggve.lib.language import language_of_environment
from tryggve.supervisor import lifeline

_FOR_CHILDREN = {"serve", "work"}


class UnknownVerb(Refusal):
    """There is no such command."""


def run(arguments: Sequence[str]) -> int:
    """Find the verb among the domains' commands and run it. Raises UnknownVerb."""
    django.setup()
    translation.activate(language_of_environment())
    known = _verbs()
    verb, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    if verb in {"help", "--help", "-h"}:
        _print_help(known)
        return 0
    if verb not in known or (verb in _FOR_CHILDREN and not lifeline.has_parent()):
        raise UnknownVerb(
            translation.gettext("There is no command «%(verb)s». «./tryggve help» lists them.")
            % {"verb": verb}
        )
    command = load_command_class(known[verb], verb)
    try:
        command.run_from_argv(["tryggve", verb, *rest])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 2
    return 0


def _verbs() -> dict[str, str]:
    """Every verb and the app that brings it."""
    return {
        name: app.name
        for app in apps.get_app_configs()
        if app.name.startswith("tryggve.")
        for name in find_commands(str(Path(app.path) / "management"))
    }


def _print_help(known: dict[str, str]) -> None:
    _ = translation.gettext
    lines = [_("Tryggve keeps your customers' data safe."), "", _("Commands:")]
    for verb in sorted(set(known) - _FOR_CHILDREN):
        lines.append(f"  ./tryggve {verb:<12} {load_command_class(known[verb], verb).help}")
    lines += [
        "",
        _("Every command takes --data DIR, --config DIR and --json; «./tryggve COMMAND --help» tells more."),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
