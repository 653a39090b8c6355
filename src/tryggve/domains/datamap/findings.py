from importlib.util import find_spec
from typing import Final

from django.db import DatabaseError
from django.utils.translation import gettext as _

from tryggve.domains.datamap.models import Source
from tryggve.lib import findings
from tryggve.lib.folders import Folders

_FOR_PICTURES: Final = ("rapidocr", "onnxruntime", "cv2", "pi_heif")


@findings.question
def text_in_pictures(folders: Folders) -> findings.Finding:
    """Matters only where places are looked through."""
    if all(map(find_spec, _FOR_PICTURES)):
        text = _("Text in pictures is read when places are looked through.")
        return findings.Finding("text_in_pictures", "good", text)
    try:
        is_missed = Source.objects.filter(removed_at=None).exists()
    except DatabaseError:
        is_missed = False
    text = _("Text in pictures isn't read when places are looked through: what does that isn't installed.")
    return findings.Finding("text_in_pictures", "warning" if is_missed else "good", text)
