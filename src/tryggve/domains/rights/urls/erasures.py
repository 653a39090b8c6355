from django.urls import path

from tryggve.domains.rights.views import erasures, restrictions

urlpatterns = [
    path("customers/erasures/", erasures.show_all, name="erasures"),
    path("customers/erasures/waiting-time/", erasures.set_quarantine, name="quarantine"),
    path("customers/erasures/clock/", erasures.confirm_clock, name="erasure-clock"),
    path("customers/erasures/<uuid:erasure>/", erasures.show, name="erasure"),
    path("customers/erasures/<uuid:erasure>/call-off/", erasures.call_off, name="erasure-call-off"),
    path("customers/erasures/<uuid:erasure>/sooner/", erasures.sooner, name="erasure-sooner"),
    path("customers/erasures/<uuid:erasure>/receipt/", erasures.paper, name="erasure-receipt"),
    path("customers/<uuid:customer>/erase/", erasures.ask, name="erase"),
    path("customers/<uuid:customer>/restrict/", restrictions.restrict, name="restrict"),
    path("customers/<uuid:customer>/restrict/lift/", restrictions.lift, name="lift"),
]
