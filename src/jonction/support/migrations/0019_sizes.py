"""Let an Alliance say from which budgets an organisation is small, or large."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0018_summed_lines"),
    ]

    operations = [
        migrations.AddField(
            model_name="equitymethod",
            name="large_from",
            field=models.PositiveIntegerField(
                default=500000, verbose_name="grand organisme, à partir de"
            ),
        ),
        migrations.AddField(
            model_name="equitymethod",
            name="small_under",
            field=models.PositiveIntegerField(default=100000, verbose_name="petit organisme, sous"),
        ),
        migrations.AddConstraint(
            model_name="equitymethod",
            constraint=models.CheckConstraint(
                condition=models.Q(("large_from__gte", models.F("small_under"))),
                name="large_begins_after_small_ends",
            ),
        ),
    ]
