from django.urls import path

from tryggve.domains.rights.views import keeping, retention

urlpatterns = [
    path("customers/retention/", retention.show_due, name="retention"),
    path("customers/retention/kept/", retention.show_kept, name="retention-kept"),
    path("customers/retention/purge/", retention.ask_purge, name="retention-ask"),
    path("customers/retention/purge/yes/", retention.purge, name="retention-purge"),
    path("customers/retention/reviewed/", retention.reviewed, name="retention-reviewed"),
    path("customers/<uuid:customer>/keeping/", keeping.show, name="keeping"),
    path("customers/<uuid:customer>/keeping/keep/", keeping.keep, name="keep"),
    path("customers/<uuid:customer>/keeping/ended/", keeping.ended, name="keeping-ended"),
    path("customers/<uuid:customer>/keeping/by-law/", keeping.by_law, name="keeping-by-law"),
    path("customers/retention/kept/<uuid:keep>/end/", retention.end_keep, name="keep-end"),
    path("customers/retention/by-law/<uuid:kept>/remove/", retention.remove_by_law, name="by-law-remove"),
]
