"""The two pages for everybody."""

from django.urls import path

from . import views

app_name = "records"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("<int:number>/", views.record, name="record"),
]
