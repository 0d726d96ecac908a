"""Say in which posture support is asked, promised and given, and what is too much coordination."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0015_round"),
    ]

    operations = [
        migrations.AddField(
            model_name="assumptions",
            name="coordination_percent",
            field=models.PositiveSmallIntegerField(
                default=40,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="part des heures au-delà de laquelle la coordination prend le dessus, en %",
            ),
        ),
        migrations.AddField(
            model_name="intervention",
            name="posture",
            field=models.CharField(
                blank=True,
                choices=[
                    ("support", "accompagnement"),
                    ("coordination", "coordination"),
                    ("expertise", "expertise"),
                    ("representation", "représentation"),
                ],
                max_length=14,
                verbose_name="posture",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="posture",
            field=models.CharField(
                choices=[
                    ("support", "accompagnement"),
                    ("coordination", "coordination"),
                    ("expertise", "expertise"),
                    ("representation", "représentation"),
                ],
                default="support",
                max_length=14,
                verbose_name="posture",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="posture",
            field=models.CharField(
                choices=[
                    ("support", "accompagnement"),
                    ("coordination", "coordination"),
                    ("expertise", "expertise"),
                    ("representation", "représentation"),
                ],
                default="support",
                max_length=14,
                verbose_name="posture",
            ),
        ),
    ]
