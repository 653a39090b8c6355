from django.urls import path, register_converter

from tryggve.domains.protection.views import controls, statements


class ControlId:
    """An id of the catalogue, written in capitals or not: no other page under Protection is called so."""

    regex = "[A-Za-z]{3}-[0-9]{2}"
    # An id that no control has.
    nothing = "XXX-00"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ControlId, "control")

urlpatterns = [
    path("protection/", controls.show_all, name="controls"),
    path("protection/<control:control>/", controls.show, name="control"),
    path("protection/<control:control>/measure/", controls.measure_again, name="measure"),
    path("protection/<control:control>/vouch/", statements.vouch, name="vouch"),
    path(
        "protection/<control:control>/vouch/<uuid:attestation>/withdraw/",
        statements.withdraw,
        name="withdraw",
    ),
    path("protection/<control:control>/vouch/<uuid:attestation>/file/", statements.file, name="vouch-file"),
    path("protection/<control:control>/leave-out/", statements.leave_out, name="leave-out"),
    path(
        "protection/<control:control>/leave-out/<uuid:exemption>/end/",
        statements.bring_back,
        name="bring-back",
    ),
]
