"""A smaller product: what can be signed in to and nothing else, where a test needs few doors to make its point."""

from django.urls import include, path

urlpatterns = [path("", include("tryggve.domains.access.urls"))]
