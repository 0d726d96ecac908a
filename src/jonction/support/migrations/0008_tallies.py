"""Keep the sums of the journal by cell and year, and take them from what is already written."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max, Sum
from django.db.models.functions import ExtractYear


def count_the_journal(apps, schema_editor):
    Share, Tally = (apps.get_model("support", name) for name in ("Share", "Tally"))
    alias = schema_editor.connection.alias
    for pk in (
        apps.get_model("support", "Resource").objects.using(alias).values_list("pk", flat=True)
    ):
        sums = (
            Share.objects.using(alias)
            .filter(resource=pk)
            .annotate(year=ExtractYear("on"))
            .values("process_id", "resource_id", "year", "level", "stage", "dimension")
            .annotate(parts=Sum("parts"), last_on=Max("on"))
            .order_by()
        )
        Tally.objects.using(alias).bulk_create([Tally(**row) for row in sums])


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0003_pages"),
        ("support", "0007_directory"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("regional", "processus régional"),
                            ("local", "processus local"),
                            ("promoter", "promoteur de projet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("mobilisation", "mobilisation des acteurs"),
                            ("priorities", "données, connaissances et priorités"),
                            ("planning", "plan d’action"),
                            ("calls", "appels de projets"),
                            ("delivery", "réalisation et suivi"),
                            ("review", "bilan et évaluation"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("governance", "gouvernance"),
                            ("management", "gestion"),
                            ("operations", "opérationnalisation"),
                            ("communication", "communication"),
                        ],
                        max_length=13,
                    ),
                ),
                ("parts", models.PositiveBigIntegerField()),
                ("last_on", models.DateField()),
                (
                    "process",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycle.process",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="support.resource",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "tallies",
                "indexes": [
                    models.Index(
                        fields=[
                            "process",
                            "level",
                            "stage",
                            "dimension",
                            "resource",
                            "year",
                            "last_on",
                            "parts",
                        ],
                        name="tally_by_cell",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resource", "process", "year", "level", "stage", "dimension"),
                        name="one_tally_per_cell_and_year",
                    )
                ],
            },
        ),
        migrations.RunPython(count_the_journal, migrations.RunPython.noop, elidable=True),
    ]
