"""Rows for every model of the house, made from its fields alone: a new model is filled at once."""

import uuid
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from jonction.territories.models import Place
from tests.factories import TODAY

COPIES = 2
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
LAST = ("ends", "until", "_to")  # what comes last comes later


def our_apps():
    return [app for app in apps.get_app_configs() if app.name.startswith("jonction.")]


def our_models():
    return [model for app in our_apps() for model in app.get_models()]


def fill():
    """Give every model two rows, those it points at first."""
    for rank in range(COPIES):
        region = Place(
            code=f"R{rank}", name=f"Région {rank}", sort_key=f"region {rank}", kind="region"
        )
        Place.objects.add_root(instance=region)
    made = {Place}
    for model in our_models():
        _fill(model, made)


def _fill(model, made):
    if model in made or model is ContentType:
        return
    made.add(model)
    for field in model._meta.fields:
        if field.related_model:
            _fill(field.related_model, made)
    for rank in range(COPIES):
        facts = {f.attname: _value(f, rank) for f in model._meta.fields if not f.primary_key}
        row = model._base_manager.bulk_create([model(**facts)])[0]
        for many in model._meta.many_to_many:
            _fill(many.related_model, made)
            getattr(row, many.name).add(_row(many.related_model, rank))


def _row(model, rank):
    return model._base_manager.order_by("pk")[rank]


def _value(field, rank):
    """Return what a person could have written there; two rows never say the same."""
    if field.related_model:
        itself = field.related_model is field.model
        return None if itself else _row(field.related_model, rank).pk
    if field.choices:
        return field.choices[0][0]
    later = timedelta(days=rank + any(word in field.name for word in LAST))
    makers = {
        models.BooleanField: lambda: False,
        models.DateTimeField: lambda: NOON + later,
        models.DateField: lambda: TODAY + later,
        models.TimeField: lambda: time(20 + rank),
        models.DecimalField: lambda: Decimal(rank + 1),
        models.UUIDField: uuid.uuid4,
        models.JSONField: lambda: ["mobilisation", rank],
        models.EmailField: lambda: f"personne-{rank}@example.org",
        models.FileField: lambda: f"pieces/{rank}",
        models.IntegerField: lambda: rank + 1,
    }
    maker = next((make for kind, make in makers.items() if isinstance(field, kind)), None)
    return maker() if maker else f"{rank}{field.name}é"[: field.max_length]
