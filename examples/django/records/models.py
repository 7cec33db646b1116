"""What the library knows: its records, and who has them at home."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Record(models.Model):
    """One disc on the shelf. Two copies of an album are two records."""

    artist = models.CharField(max_length=100)
    title = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField(
        # The first commercial disc, and the last year that fits the label.
        validators=[MinValueValidator(1889), MaxValueValidator(9999)],
    )
    shelf = models.CharField(max_length=8, help_text="where it stands, such as B4")

    class Meta:
        ordering = ["artist", "year", "title"]

    def __str__(self) -> str:
        return f"{self.artist}: {self.title} ({self.year})"


class Loan(models.Model):
    """A record that somebody took home. It is out until it has a day of return."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="loans")
    borrower = models.CharField(max_length=100)
    since = models.DateField(default=timezone.localdate)
    returned = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(returned=None), name="a_record_is_out_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} to {self.borrower}"
