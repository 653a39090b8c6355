from django.urls import path

from tryggve.domains.setup.views import wizard

urlpatterns = [
    path("welcome/", wizard.welcome, name="welcome"),
    path("welcome/firm/", wizard.firm, name="welcome-firm"),
    path("welcome/second-factor/", wizard.second_factor, name="welcome-second-factor"),
    path("welcome/website/", wizard.website, name="welcome-website"),
    path("welcome/recovery-kit/", wizard.recovery_kit, name="welcome-recovery-kit"),
    path("welcome/mail/", wizard.mail, name="welcome-mail"),
    path("welcome/customers/", wizard.customers, name="welcome-customers"),
    path("welcome/language/", wizard.language, name="welcome-language"),
]
