"""Sum the quarters by stage and function alone: postures are in a table of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0005_forecast_dates"),
        ("support", "0020_posture_tallies"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="quartertally",
            name="one_quarter_tally",
        ),
        migrations.RemoveIndex(
            model_name="quartertally",
            name="quarter_tally_of_process",
        ),
        migrations.RemoveField(
            model_name="quartertally",
            name="posture",
        ),
        migrations.AddIndex(
            model_name="quartertally",
            index=models.Index(
                fields=["process", "quarter", "stage", "function", "resource", "parts"],
                name="quarter_tally_of_process",
            ),
        ),
        migrations.AddConstraint(
            model_name="quartertally",
            constraint=models.UniqueConstraint(
                fields=("resource", "process", "quarter", "stage", "function"),
                name="one_quarter_tally",
            ),
        ),
    ]
