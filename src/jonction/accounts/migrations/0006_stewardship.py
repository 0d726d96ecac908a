"""Who keeps the platform, between dates."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stewardship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(null=True, verbose_name="au")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stewardships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("person",),
                        name="one_stewardship_at_a_time",
                    )
                ],
            },
        ),
    ]
