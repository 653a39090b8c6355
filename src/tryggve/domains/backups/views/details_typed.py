"""What is typed of where a place is and what lets in there, the same for a new place and for one that is in use."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from tryggve.domains.backups import opaque
from tryggve.domains.backups.forms import place_details as forms
from tryggve.domains.backups.place_kinds import sftp
from tryggve.lib.errors import Refusal


@dataclass(frozen=True, slots=True)
class Typed:
    """``told``: the fields of such a place, None while something is missing; the rest is for the page."""

    form: forms.Details
    told: dict[str, str] | None = None
    public: str = ""
    fingerprint: str = ""


def typed(
    request: HttpRequest, kind: str, *, initial: Mapping[str, str] | None = None, is_known: bool = False
) -> Typed:
    """``initial`` stands in the form at first."""
    form = forms.DETAILS[kind](request.POST or None, initial=dict(initial or {}), is_known=is_known)
    if isinstance(form, forms.Sftp):
        return _sftp(request, form, is_known=is_known)
    return Typed(form, form.told if form.is_valid() else None)


def _sftp(request: HttpRequest, form: forms.Sftp, *, is_known: bool) -> Typed:
    """Tryggve's own key is to be let in there first, and what the computer shows of itself compared."""
    if not form.is_bound:
        pair = sftp.new_key_pair()
        carried = opaque.hidden(f"{pair.public}\n{pair.private}", what=opaque.KEY)
        initial = {**form.initial, "carried_key": carried}
        return Typed(forms.Sftp(initial=initial, is_known=is_known), public=pair.public)
    public, _line, private = opaque.shown(form.data.get("carried_key", ""), what=opaque.KEY).partition("\n")
    told = None
    if form.is_valid() and not form.is_confirmed:
        form = _asked_who_it_is(request, form, is_known=is_known)
    elif form.is_valid():
        told = {**form.told, "private_key": private}
    shown = form.data.get("host_key", "")
    return Typed(form, told, public, sftp.fingerprint(shown) if shown else "")


def _asked_who_it_is(request: HttpRequest, form: forms.Sftp, *, is_known: bool) -> forms.Sftp:
    try:
        shown = sftp.host_key(form.cleaned_data["host"], str(form.cleaned_data["port"]))
    except Refusal as refusal:
        form.add_error("host", str(refusal))
        return form
    told = request.POST.copy()
    told["host_key"], told["shown_by"] = shown.line, form.asked
    told.pop("is_right", None)
    return forms.Sftp(told, is_known=is_known)
