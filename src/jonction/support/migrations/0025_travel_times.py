"""Keep how long it takes to drive between the territories of an Alliance."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0004_tolerated_breaks"),
        ("support", "0024_withdrawn"),
    ]

    operations = [
        migrations.CreateModel(
            name="TravelTimes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("minutes", models.JSONField(default=dict, verbose_name="minutes")),
                (
                    "alliance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="travel_times",
                        to="governance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "temps de trajet",
                "verbose_name_plural": "travel times",
            },
        ),
    ]
