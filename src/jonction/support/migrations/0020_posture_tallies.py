"""Keep the sums by posture apart from those by stage and function."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Sum
from django.db.models.functions import TruncQuarter

HERE = ("process_id", "resource_id", "quarter")


def tell_apart(apps, schema_editor):
    QuarterTally, PostureTally = models_of(apps, "QuarterTally", "PostureTally")
    for pk in resources(apps, schema_editor):
        mine = QuarterTally.objects.using(schema_editor.connection.alias).filter(resource=pk)
        postures = summed(mine, *HERE, "posture")
        functions = summed(mine, *HERE, "stage", "function")
        write(PostureTally, postures, schema_editor)
        mine.delete()
        write(QuarterTally, functions, schema_editor)


def cross_again(apps, schema_editor):
    """Count the shares: what was put together cannot be told apart from the sums."""
    Share, QuarterTally = models_of(apps, "Share", "QuarterTally")
    alias = schema_editor.connection.alias
    for pk in resources(apps, schema_editor):
        shares = Share.objects.using(alias).filter(resource=pk)
        said = {name: F(f"intervention__{name}") for name in ("function", "posture")}
        quarters = shares.values(*HERE[:2], "stage", quarter=TruncQuarter("on"), **said)
        QuarterTally.objects.using(alias).filter(resource=pk).delete()
        write(QuarterTally, quarters.annotate(parts=Sum("parts")).order_by(), schema_editor)


def models_of(apps, *names):
    return [apps.get_model("support", name) for name in names]


def resources(apps, schema_editor):
    (Resource,) = models_of(apps, "Resource")
    found = Resource.objects.using(schema_editor.connection.alias)
    return list(found.order_by("pk").values_list("pk", flat=True))


def summed(rows, *names):
    sums = rows.values(*names).annotate(sum_of=Sum("parts")).order_by()
    return [{**{name: row[name] for name in names}, "parts": row["sum_of"]} for row in sums]


def write(model, rows, schema_editor):
    made = [model(**row) for row in rows]
    model.objects.using(schema_editor.connection.alias).bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("cycle", "0005_forecast_dates"),
        ("support", "0019_sizes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostureTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter", models.DateField()),
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
                "verbose_name_plural": "posture tallies",
                "indexes": [
                    models.Index(
                        fields=["process", "quarter", "posture", "resource", "parts"],
                        name="posture_tally_of_process",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resource", "process", "quarter", "posture"),
                        name="one_posture_tally",
                    )
                ],
            },
        ),
        migrations.RunPython(tell_apart, cross_again, elidable=False),
    ]
