"""Let the indexes of the journal say who may read a line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0011_field_receipts"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="intervention", name="journal_by_day"),
        migrations.RemoveIndex(model_name="intervention", name="journal_of_process"),
        migrations.AddIndex(
            model_name="intervention",
            index=models.Index(
                fields=["-on", "-id", "process", "audience"], name="journal_read_by_day"
            ),
        ),
        migrations.AddIndex(
            model_name="intervention",
            index=models.Index(
                fields=["process", "on", "audience"], name="journal_read_by_process"
            ),
        ),
    ]
