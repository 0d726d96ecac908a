"""Keep the sums of the journal by quarter, function and posture, and the thresholds of a balance."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Sum
from django.db.models.functions import TruncQuarter


def count_the_journal(apps, schema_editor):
    Share, QuarterTally = (apps.get_model("support", name) for name in ("Share", "QuarterTally"))
    alias = schema_editor.connection.alias
    for pk in (
        apps.get_model("support", "Resource").objects.using(alias).values_list("pk", flat=True)
    ):
        sums = (
            Share.objects.using(alias)
            .filter(resource=pk)
            .values(
                "process_id",
                "resource_id",
                "stage",
                quarter=TruncQuarter("on"),
                function=F("intervention__function"),
                posture=F("intervention__posture"),
            )
            .annotate(parts=Sum("parts"))
            .order_by()
        )
        QuarterTally.objects.using(alias).bulk_create([QuarterTally(**row) for row in sums])


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0005_forecast_dates"),
        ("support", "0016_posture"),
    ]

    operations = [
        migrations.AddField(
            model_name="assumptions",
            name="heavy_percent",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="part des heures au-delà de laquelle une fonction est lourde, en %",
            ),
        ),
        migrations.AddField(
            model_name="assumptions",
            name="least_hours",
            field=models.PositiveSmallIntegerField(
                default=20,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(200),
                ],
                verbose_name="heures notées qu’il faut pour juger un équilibre",
            ),
        ),
        migrations.AddField(
            model_name="assumptions",
            name="thin_percent",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="part des heures sous laquelle une fonction est mince, en %",
            ),
        ),
        migrations.CreateModel(
            name="QuarterTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter", models.DateField()),
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
                    "function",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mediation", "médiation et relais"),
                            ("information", "circulation de l’information et sensibilisation"),
                            ("logistics", "soutien logistique et structuration"),
                            (
                                "mobilising",
                                "mobilisation des acteurs, des connaissances et des ressources",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "posture",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("support", "accompagnement"),
                            ("coordination", "coordination"),
                            ("expertise", "expertise"),
                            ("representation", "représentation"),
                        ],
                        max_length=14,
                    ),
                ),
                ("parts", models.PositiveBigIntegerField()),
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
                "verbose_name_plural": "quarter tallies",
                "indexes": [
                    models.Index(
                        fields=[
                            "process",
                            "quarter",
                            "stage",
                            "function",
                            "posture",
                            "resource",
                            "parts",
                        ],
                        name="quarter_tally_of_process",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resource", "process", "quarter", "stage", "function", "posture"),
                        name="one_quarter_tally",
                    )
                ],
            },
        ),
        migrations.RunPython(count_the_journal, migrations.RunPython.noop, elidable=True),
    ]
