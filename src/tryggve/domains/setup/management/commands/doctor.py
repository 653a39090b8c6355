from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from tryggve.domains.setup import diagnosis
from tryggve.lib import folders as folder
from tryggve.lib.command import Command as BaseCommand


class Command(BaseCommand):
    help = _("See what is missing or wrong on this computer.")

    def run(self, options: dict[str, Any]) -> int:
        found = list(diagnosis.findings(folder.current()))
        if options["json"]:
            self.say_json([asdict(finding) for finding in found])
        else:
            marks = {"good": "✓", "warning": "!", "bad": "✗"}
            for finding in found:
                self.say(f"{marks[finding.verdict]} {finding.text}")
        return 1 if any(finding.verdict == "bad" for finding in found) else 0
