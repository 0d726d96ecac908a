"""Let a need be asked before anybody knows how many hours a week it takes."""

from django.db import migrations, models

BEFORE = ["received", "admissible", "inadmissible", "declined", "closed"]


def forward(apps, schema_editor):
    """Take back as not said the zeros that a return left: no form ever wrote one."""
    needs = apps.get_model("support", "Need").objects
    needs.filter(quarters_per_week=0, status__in=BEFORE).update(quarters_per_week=None)


def backward(apps, schema_editor):
    """Write zero, which nothing matches, where nobody had said the hours."""
    needs = apps.get_model("support", "Need").objects
    needs.filter(quarters_per_week=None).update(quarters_per_week=0)


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0021_quarters_by_function"),
    ]

    operations = [
        migrations.AlterField(
            model_name="need",
            name="quarters_per_week",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="quarts d’heure par semaine"
            ),
        ),
        migrations.RunPython(forward, backward),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quarters_per_week__isnull", False),
                    ("status__in", BEFORE),
                    _connector="OR",
                ),
                name="hours_said_before_retained",
            ),
        ),
    ]
