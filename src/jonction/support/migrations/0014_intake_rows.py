"""Needs keep their meaning on the longer path, and Alliances the way that they worked."""

from django.db import migrations
from django.utils.timezone import localdate

ENTERED = {
    f"support.need.{status}": status
    for status in ["received", "matched", "in_progress", "met", "closed", "declined"]
}
# what the shorter path knows of the states that only the longer one has
BEFORE = {"admissible": "received", "prioritised": "received", "inadmissible": "declined"}
BATCH = 1000


def forward(apps, schema_editor):
    """Date the steps that the trail tells; the others have no day. Nobody's way of working changes."""
    Need, NeedStep = apps.get_model("support", "Need"), apps.get_model("support", "NeedStep")
    seen = _seen(apps)
    made = []
    for pk, asked_on, status, answer in Need.objects.order_by("pk").values_list(
        "pk", "asked_on", "status", "answer"
    ):
        steps = [("received", asked_on)]
        steps += [step for step in seen.get(pk, []) if step[0] != steps[-1][0]]
        if steps[-1][0] != status:
            steps.append((status, None))
        words = [""] * (len(steps) - 1) + [answer]
        made += [
            NeedStep(need_id=pk, status=entered, on=on, word=word)
            for (entered, on), word in zip(steps, words)
        ]
    NeedStep.objects.bulk_create(made, BATCH)
    IntakeMethod = apps.get_model("support", "IntakeMethod")
    for alliance in apps.get_model("governance", "Alliance").objects.order_by("pk"):
        IntakeMethod.objects.create(
            alliance=alliance,
            number=1,
            path="short",
            reason="Le cheminement d’avant : un mandat se propose dès que le besoin est reçu.",
        )


def backward(apps, schema_editor):
    Need = apps.get_model("support", "Need")
    for status, before in BEFORE.items():
        Need.objects.filter(status=status).update(status=before)
    apps.get_model("support", "NeedStep").objects.all().delete()
    apps.get_model("support", "IntakeMethod").objects.all().delete()


def _seen(apps):
    """Return the states that the trail saw each need enter, the oldest first."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind = kinds.filter(app_label="support", model="need").first()
    found = {}
    if kind:
        lines = apps.get_model("core", "Trace").objects.filter(
            content_type=kind, verb__in=list(ENTERED)
        )
        for pk, verb, left_at in lines.order_by("pk").values_list("object_id", "verb", "left_at"):
            found.setdefault(pk, []).append((ENTERED[verb], localdate(left_at)))
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0013_intake"),
        ("core", "0004_routines"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forward, backward)]
