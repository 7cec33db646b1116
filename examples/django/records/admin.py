"""The desk: records come and go here."""

from django.contrib import admin

from .models import Loan, Record


class Loans(admin.TabularInline):
    """The history of a record, below it."""

    model = Loan
    extra = 0


@admin.register(Record)
class Shelf(admin.ModelAdmin):
    """The list of records, searched by artist and title."""

    list_display = ["artist", "title", "year", "shelf"]
    search_fields = ["artist", "title"]
    inlines = [Loans]
