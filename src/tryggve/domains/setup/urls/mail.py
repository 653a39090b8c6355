from django.urls import path

from tryggve.domains.setup.views import mail

urlpatterns = [
    path("company/mail/", mail.mail, name="mail"),
    path("company/mail/test/", mail.test_mail, name="mail-test"),
    path("company/outbox/", mail.outbox, name="outbox"),
    path("company/outbox/<uuid:message>/try-again/", mail.try_again, name="outbox-try-again"),
    path("company/outbox/<uuid:message>/discard/", mail.discard, name="outbox-discard"),
]
