from django.db import migrations, models

EAST = "America/Toronto"


def inherit(apps, schema_editor):
    """The province says the time of all; a place says its own only where it differs."""
    apps.get_model("territories", "Place").objects.filter(time_zone=EAST).exclude(code="QC").update(
        time_zone=""
    )


def repeat(apps, schema_editor):
    apps.get_model("territories", "Place").objects.filter(time_zone="").update(time_zone=EAST)


class Migration(migrations.Migration):
    dependencies = [("territories", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="place",
            name="time_zone",
            field=models.CharField(
                blank=True,
                choices=[
                    ("America/Toronto", "heure de l’Est"),
                    ("America/Halifax", "heure de l’Atlantique"),
                    ("America/Blanc-Sablon", "heure normale de l’Atlantique"),
                ],
                default="",
                max_length=40,
                verbose_name="heure légale",
            ),
        ),
        migrations.RunPython(inherit, repeat),
    ]
