from django.urls import path

from tryggve.domains.setup import mail_views

urlpatterns = [
    path("company/mail/", mail_views.mail, name="mail"),
    path("company/mail/test/", mail_views.test_mail, name="mail-test"),
    path("company/outbox/", mail_views.outbox, name="outbox"),
    path("company/outbox/<uuid:message>/try-again/", mail_views.try_again, name="outbox-try-again"),
    path("company/outbox/<uuid:message>/discard/", mail_views.discard, name="outbox-discard"),
]
