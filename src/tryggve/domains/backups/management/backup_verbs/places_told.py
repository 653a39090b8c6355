"""A place in words, and as JSON."""

from typing import Any

from django.utils.translation import gettext as _

from tryggve.domains.backups.selectors.shown_places import ShownPlace
from tryggve.domains.backups.services.places import Left
from tryggve.domains.backups.words.pages import ago, cause_in_words


def sentence(one: ShownPlace) -> str:
    """What it is, whether it is there, and when it was seen."""
    seen = ago(one.days) if one.days is not None else _("never")
    holds = " + ".join(
        word for word, is_held in ((_("data"), one.holds_data), (_("keys"), one.holds_keys)) if is_held
    )
    trouble = f"  {cause_in_words(one.trouble)}" if one.trouble else ""
    facts = {"title": one.title, "kind": one.kind.label, "holds": holds, "seen": seen, "id": one.id}
    return _("%(id)s  %(title)s (%(kind)s): %(holds)s, last seen %(seen)s") % facts + trouble


def deletion(keeps_old: bool | None) -> str:
    """What came of the attempt to delete what was written."""
    if keeps_old:
        return _("Older copies of the data can't be deleted from here.")
    if keeps_old is None:
        return _("Whether older copies of the data can be deleted from here couldn't be told.")
    return _("Whoever gets into this computer can delete the copies there.")


def left(found: Left) -> str:
    """Why copies of the keys are in a removed place still."""
    if found is Left.THE_LAST:
        return _(
            "The copies of the keys there stay for now: no other place has the newest. Tryggve deletes them in the "
            "night after another place does."
        )
    return _(
        "The copies of the keys there could not be deleted. Tryggve tries again every night. Once the disk is "
        "destroyed, say so with «backup places destroyed»."
    )


def as_json(one: ShownPlace) -> dict[str, Any]:
    """All that is known of it but what lets in there."""
    return {
        "place": str(one.id),
        "title": one.title,
        "kind": str(one.kind).lower(),
        "holds_data": one.holds_data,
        "holds_keys": one.holds_keys,
        "is_carried": one.is_carried,
        "is_elsewhere": one.is_elsewhere,
        "country": one.country,
        "state": str(one.state),
        "trouble": one.trouble,
        "seen_at": one.seen_at.isoformat() if one.seen_at else None,
        "tried_at": one.tried_at.isoformat() if one.tried_at else None,
        "keeps_old": one.keeps_old,
    }
