"""The shelf and what stands on it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .models import Loan, Record


def shelf(request: HttpRequest) -> HttpResponse:
    """Lists the records, or those whose artist or title has the words of the search in it."""
    words = request.GET.get("q", "").strip()
    out = Loan.objects.filter(record=OuterRef("pk"), returned=None)
    found = Record.objects.annotate(is_out=Exists(out))
    if words:
        found = found.filter(Q(artist__icontains=words) | Q(title__icontains=words))
    return render(request, "records/shelf.html", {"records": found, "words": words})


def record(request: HttpRequest, number: int) -> HttpResponse:
    """Shows one record and whether it is in; who has it is nobody's business."""
    found = get_object_or_404(Record, pk=number)
    loan = found.loans.filter(returned=None).first()
    return render(request, "records/record.html", {"record": found, "loan": loan})
