"""Let the index of the journal by process say what a line adds to the hours of a period."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0017_balance"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="intervention",
            index=models.Index(
                fields=["process", "on", "audience", "resource", "function", "quarters"],
                name="journal_summed_by_process",
            ),
        ),
        migrations.RemoveIndex(model_name="intervention", name="journal_read_by_process"),
    ]
