from django.urls import path

from tryggve.domains.datamap.views import bulk, deeds, files, overview, receipts, scans, sources

app_name = "datamap"
urlpatterns = [
    path("protection/data-map/", overview.overview, name="overview"),
    path("protection/data-map/goal/", overview.goal, name="goal"),
    path("protection/data-map/places/add/", sources.add, name="source-add"),
    path("protection/data-map/places/add/mailbox/", sources.add_mailbox, name="mailbox-add"),
    path("protection/data-map/places/<uuid:source>/change/", sources.change, name="source-change"),
    path("protection/data-map/places/<uuid:source>/remove/", sources.remove, name="source-remove"),
    path("protection/data-map/places/<uuid:source>/restore/", sources.restore, name="source-restore"),
    path("protection/data-map/places/<uuid:source>/scan/", scans.look_through, name="scan"),
    path("protection/data-map/scans/<uuid:scan>/pause/", scans.pause, name="scan-pause"),
    path("protection/data-map/scans/<uuid:scan>/go-on/", scans.go_on, name="scan-go-on"),
    path("protection/data-map/scans/<uuid:scan>/stop/", scans.stop, name="scan-stop"),
    path("protection/data-map/files/", files.every, name="files"),
    path("protection/data-map/files/unread/", files.unread, name="unread"),
    path("protection/data-map/files/same/", files.same, name="same"),
    path("protection/data-map/files/people/", files.people, name="people"),
    path("protection/data-map/files/delete/", bulk.delete, name="bulk-delete"),
    path("protection/data-map/files/review/", bulk.review, name="bulk-review"),
    path("protection/data-map/files/<uuid:file>/", files.show, name="file"),
    path("protection/data-map/files/<uuid:file>/review/", deeds.review, name="review"),
    path(
        "protection/data-map/files/<uuid:file>/review/take-back/", deeds.take_review_back, name="review-back"
    ),
    path("protection/data-map/files/<uuid:file>/delete/", deeds.delete, name="delete"),
    path("protection/data-map/files/<uuid:file>/import/", deeds.bring_in, name="import"),
    path("protection/data-map/files/<uuid:file>/move/", deeds.move, name="move"),
    path("protection/data-map/deleted/", receipts.every, name="receipts"),
    path("protection/data-map/deleted/<uuid:copy>/", receipts.show, name="receipt"),
    path("protection/data-map/deleted/<uuid:copy>/have-back/", receipts.have_back, name="have-back"),
]
