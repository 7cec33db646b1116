"""The tables of records and loans."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("artist", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=100)),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1889),
                            django.core.validators.MaxValueValidator(9999),
                        ]
                    ),
                ),
                ("shelf", models.CharField(help_text="where it stands, such as B4", max_length=8)),
            ],
            options={"ordering": ["artist", "year", "title"]},
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("borrower", models.CharField(max_length=100)),
                ("since", models.DateField(default=django.utils.timezone.localdate)),
                ("returned", models.DateField(blank=True, null=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="loans", to="records.record"
                    ),
                ),
            ],
            options={"ordering": ["-since"]},
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned", None)), fields=("record",), name="a_record_is_out_once"
            ),
        ),
    ]
