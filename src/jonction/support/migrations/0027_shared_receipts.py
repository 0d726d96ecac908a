"""The receipts of notes join those of all pages; their table goes."""

from django.conf import settings
from django.db import migrations, models


def join(apps, schema_editor):
    old = apps.get_model("support", "FieldReceipt")
    new = apps.get_model("core", "Receipt")
    kinds = apps.get_model("contenttypes", "ContentType")
    if not old.objects.exists():
        return
    line, _ = kinds.objects.get_or_create(app_label="support", model="intervention")
    rows = old.objects.order_by("pk").iterator(chunk_size=500)
    batch = []
    for row in rows:
        kept = new(person_id=row.person_id, token=row.uuid, digest=row.digest)
        # one whose line was taken back keeps its kind, and no line
        kept.content_type_id, kept.object_id = line.pk, row.line_id
        batch.append((kept, row.received_at))
    made = new.objects.bulk_create([kept for kept, _at in batch], batch_size=500)
    for kept, (_same, at) in zip(made, batch):
        kept.received_at = at
    new.objects.bulk_update(made, ["received_at"], batch_size=500)


def part(apps, schema_editor):
    old = apps.get_model("support", "FieldReceipt")
    new = apps.get_model("core", "Receipt")
    lines = set(apps.get_model("support", "Intervention").objects.values_list("pk", flat=True))
    notes = new.objects.exclude(digest="").filter(
        content_type__app_label="support", content_type__model="intervention"
    )
    old.objects.bulk_create(
        [
            old(
                person_id=row.person_id,
                uuid=row.token,
                digest=row.digest,
                line_id=row.object_id if row.object_id in lines else None,
            )
            for row in notes.order_by("pk")
        ],
        batch_size=500,
    )
    notes.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0026_mandate_extensions"),
        ("core", "0005_receipts"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(join, part),
        migrations.DeleteModel(name="FieldReceipt"),
    ]
