"""Give needs a longer path: the day of each step, what they came from, how an Alliance works."""

import django.db.models.deletion
import django.utils.timezone
import jonction.support.models.intake
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0005_forecast_dates"),
        ("governance", "0004_tolerated_breaks"),
        ("support", "0012_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="alert",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="needs",
                to="support.alert",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="governance.organisation",
                verbose_name="pour l’organisme",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="origin",
            field=models.CharField(
                choices=[
                    ("itself", "la personne qui demande"),
                    ("stage", "une étape de la démarche"),
                    ("cell", "une case de la couverture"),
                    ("requirement", "une exigence du bailleur"),
                    ("alert", "une rupture prévue"),
                ],
                default="itself",
                editable=False,
                max_length=11,
                verbose_name="né de",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="requirement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="needs",
                to="cycle.requirement",
            ),
        ),
        migrations.AlterField(
            model_name="need",
            name="status",
            field=models.CharField(
                choices=[
                    ("received", "reçu"),
                    ("admissible", "admissible"),
                    ("inadmissible", "non admissible"),
                    ("prioritised", "retenu"),
                    ("matched", "jumelé"),
                    ("in_progress", "en cours"),
                    ("met", "répondu"),
                    ("closed", "fermé"),
                    ("declined", "non retenu"),
                ],
                default="received",
                editable=False,
                max_length=12,
                verbose_name="état",
            ),
        ),
        migrations.CreateModel(
            name="NeedStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "reçu"),
                            ("admissible", "admissible"),
                            ("inadmissible", "non admissible"),
                            ("prioritised", "retenu"),
                            ("matched", "jumelé"),
                            ("in_progress", "en cours"),
                            ("met", "répondu"),
                            ("closed", "fermé"),
                            ("declined", "non retenu"),
                        ],
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("on", models.DateField(null=True, verbose_name="le")),
                (
                    "word",
                    models.CharField(blank=True, max_length=500, verbose_name="ce qui a été dit"),
                ),
                ("rank", models.PositiveIntegerField(null=True)),
                ("among", models.PositiveIntegerField(null=True)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="support.need",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="IntakeMethod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "path",
                    models.CharField(
                        choices=[
                            (
                                "full",
                                "complet : admissibilité, priorisation, décision, puis mandat",
                            ),
                            ("short", "court : un mandat se propose dès que le besoin est reçu"),
                        ],
                        default="full",
                        max_length=5,
                        verbose_name="cheminement",
                    ),
                ),
                ("weights", models.JSONField(default=jonction.support.models.intake.usual_weights)),
                ("limits", models.JSONField(default=jonction.support.models.intake.usual_limits)),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intake_methods",
                        to="governance.alliance",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "number"), name="one_intake_per_version"
                    )
                ],
            },
        ),
    ]
