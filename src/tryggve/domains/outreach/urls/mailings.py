from django.urls import path

from tryggve.domains.outreach.views import mailings, quarters, sending

urlpatterns = [
    path("customers/messages/", mailings.show_all, name="mailings"),
    path("customers/messages/write/", mailings.write, name="mailing-write"),
    path("customers/messages/quarter/write/", quarters.write, name="quarter-write"),
    path("customers/messages/quarter/leave-out/", quarters.leave_out, name="quarter-leave-out"),
    path("customers/messages/<uuid:mailing>/", mailings.show, name="mailing"),
    path("customers/messages/<uuid:mailing>/change/", mailings.change, name="mailing-change"),
    path("customers/messages/<uuid:mailing>/delete/", mailings.delete, name="mailing-delete"),
    path("customers/messages/<uuid:mailing>/test/", sending.test, name="mailing-test"),
    path("customers/messages/<uuid:mailing>/send/", sending.start, name="mailing-send"),
    path("customers/messages/<uuid:mailing>/pause/", sending.pause, name="mailing-pause"),
    path("customers/messages/<uuid:mailing>/go-on/", sending.go_on, name="mailing-go-on"),
    path("customers/messages/<uuid:mailing>/stop/", sending.stop, name="mailing-stop"),
    path("customers/messages/<uuid:mailing>/perhaps/", sending.perhaps, name="mailing-perhaps"),
]
