import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tryggve.config.settings")
application = get_wsgi_application()

from tryggve.domains.customers.register_index import register_index  # noqa: E402 - Django is set up above

register_index.keep_fresh()
