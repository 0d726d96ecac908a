"""Everything that changes a starting profile."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.taxonomy import StartingFactor
from jonction.core.verdicts import Refused, require
from jonction.core.versions import rewrite
from jonction.governance.models import AllianceTerritory, Body
from jonction.support.models import Appraisal, StartingProfile
from jonction.support.rules import profile as rules


@transaction.atomic
def open_profile(body: Body, *, actor: Person, today: date) -> StartingProfile:
    """Open a draft with its five factors, empty: what was said last time does not lead the room."""
    require(rules.can_open_profile(actor, body, today))
    held = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if StartingProfile.objects.filter(body=held, status=StartingProfile.Status.DRAFT).exists():
        raise Refused(_("Un brouillon est déjà ouvert pour cette instance : continuez-le."))
    profile = StartingProfile.objects.create(
        territory=AllianceTerritory.objects.get(bodies=held), body=held, opened_on=today
    )
    Appraisal.objects.bulk_create(
        Appraisal(profile=profile, factor=factor) for factor in StartingFactor.values
    )
    Trace.leave(actor, "support.startingprofile.draft", profile)
    return profile


@transaction.atomic
def appraise_factor(
    appraisal: Appraisal, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> Appraisal:
    """Write what the room agreed on, its words and its dissent."""
    appraisal.profile = _held(appraisal.profile_id)
    require(rules.can_appraise_factor(actor, appraisal, today))
    rewrite(appraisal, changes, version=version, actor=actor)
    return appraisal


@transaction.atomic
def adopt_profile(
    profile: StartingProfile, *, actor: Person, today: date, signed_on: date, present: int
) -> StartingProfile:
    """Sign the draft; the profile in force until then is superseded, and stays in the history."""
    AllianceTerritory.objects.select_for_update(of=("self",)).get(pk=profile.territory_id)
    held = _held(profile.pk)
    require(rules.can_adopt_profile(actor, held, today, signed_on=signed_on))
    before = StartingProfile.objects.filter(
        territory=held.territory_id, status=StartingProfile.Status.ADOPTED
    )
    for one in before:
        move(one, StartingProfile.Status.SUPERSEDED, actor=actor, by=held.pk)
    held.signed_on, held.present = signed_on, present
    held.save(update_fields=["signed_on", "present"])
    move(held, StartingProfile.Status.ADOPTED, actor=actor, present=present)
    return held


@transaction.atomic
def abandon_profile(profile: StartingProfile, *, actor: Person, today: date) -> StartingProfile:
    held = _held(profile.pk)
    require(rules.can_abandon_profile(actor, held, today))
    move(held, StartingProfile.Status.ABANDONED, actor=actor)
    return held


def _held(pk: int) -> StartingProfile:
    """Lock the profile: what is being signed is not written meanwhile."""
    return StartingProfile.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
