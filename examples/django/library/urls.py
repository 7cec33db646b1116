"""Addresses, below wherever the application is mounted."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.static import serve

urlpatterns = [
    path("", include("records.urls")),
    path("admin/", admin.site.urls),
    # For work on the app. IIS sends these files itself, and the requests never come here.
    path("static/<path:path>", serve, {"document_root": settings.STATIC_ROOT}),
]
