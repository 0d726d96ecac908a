from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from jonction.cycle.models import Requirement
from jonction.demo.province import SCALES, populate
from jonction.governance.models import Alliance, Body, Organisation
from jonction.support.models import (
    Filing,
    HandOver,
    Intervention,
    Mandate,
    Need,
    NeedStep,
    ReleaseAgreement,
    Resource,
    Share,
    Skill,
)
from jonction.territories.actions import load_places
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def counts():
    models = [Alliance, Body, Organisation, Resource, Need, Intervention]
    return [model.objects.count() for model in models]


def trade():
    models = [Requirement, Filing, ReleaseAgreement, Skill, NeedStep]
    return [*(model.objects.count() for model in models), HandOver.objects.exists()]


def test_a_scale_is_written_whole_and_no_time_is_lost():
    load_places()

    populate(SCALES["petite"], seed=1, today=TODAY, tell=lambda _: None)

    assert counts() == [2, 8, 60, 12, 40, 2000]
    assert trade() == [12, 32, 6, 36, 40, True]
    quarters = sum(Intervention.objects.values_list("quarters", flat=True))
    assert sum(Share.objects.values_list("parts", flat=True)) == quarters * 720


def test_the_same_seed_draws_the_same_rows():
    load_places()
    scale = replace(SCALES["petite"], interventions=50)

    drawn = []
    for _ in range(2):
        with transaction.atomic():
            populate(scale, seed=7, today=TODAY, tell=lambda _: None)
            drawn.append(list(Mandate.objects.order_by("pk").values_list("starts_on", "stages")))
            transaction.set_rollback(True)

    assert drawn[0] == drawn[1]


def test_a_database_in_use_is_left_alone():
    load_places()
    populate(replace(SCALES["petite"], interventions=1), seed=1, today=TODAY, tell=lambda _: None)

    with pytest.raises(CommandError, match="base vide"):
        call_command("populate", "--scale", "petite")
