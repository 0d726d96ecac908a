"""What the resources of the demonstration can do, and who frees their time."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from jonction.accounts.actions import give_consent
from jonction.accounts.models import Consent, Person
from jonction.core.taxonomy import Dimension, Function, Stage
from jonction.governance.models import Body, Organisation
from jonction.support.actions.directory import (
    agree_release,
    ask_release,
    describe_resource,
    refuse_release,
    renew_release,
)
from jonction.support.models import Language, Resource, Skill
from jonction.territories.models import Place

DIRECTORS = [
    "Mme Gagnon, direction des programmes",
    "M. Ouellet, direction générale",
    "Mme Lebel, cheffe de service",
]
REASONS = ["Manque de personnel jusqu’au printemps.", "Le poste est gelé cette année."]
HOURS = (14, 28, 28, 56)


def describe(
    draw: Random, resources: Sequence[Resource], bodies: Sequence[Body], actor: Person, today: date
) -> None:
    """Say what each resource can do; most people agree to be in the directory."""
    counties = list(
        Place.objects.filter(alliance_territories__in=[b.territory for b in bodies if b.territory])
    )
    for rank, resource in enumerate(resources):
        stages = draw.sample(Stage.values, 2 + rank % 3)
        describe_resource(
            resource,
            actor=actor,
            today=today,
            version=resource.version,
            languages=[Language.FRENCH.value, *([Language.ENGLISH.value] if rank % 4 == 0 else [])],
            base=counties[rank % len(counties)] if counties else None,
            is_published=resource.person_id is None,
            skills=[
                {
                    "stage": stage,
                    "dimension": draw.choice(["", *Dimension.values]),
                    "function": draw.choice(["", "", *Function.values]),
                    "grade": draw.choice(Skill.Grade.values),
                }
                for stage in stages
            ],
            affinities=[
                {"body": bodies[rank % len(bodies)], "word": "Déjà accompagnée au plan précédent."}
            ],
        )
        if resource.person is not None and rank % 5:
            purpose = Consent.Purpose.DIRECTORY.value
            give_consent(resource.person, actor=resource.person, purpose=purpose)


def release(
    resources: Sequence[Resource], organisations: Sequence[Organisation], actor: Person, today: date
) -> None:
    """Ask institutions to free people: agreed, waiting, refused, about to end, renewed."""
    for rank, resource in enumerate(resources[:16]):
        starts_on = today - timedelta(weeks=30 + rank)
        asked = ask_release(
            resource,
            actor=actor,
            today=starts_on - timedelta(weeks=4),
            organisation=resource.home or organisations[rank],
            addressee=DIRECTORS[rank % len(DIRECTORS)],
            quarters_per_week=HOURS[rank % len(HOURS)],
            starts_on=starts_on,
            ends_on=today + timedelta(weeks=(6, 30, 60)[rank % 3]),
        )
        if rank % 6 == 0:
            word = REASONS[rank % len(REASONS)]
            refuse_release(asked, actor=actor, today=starts_on, word=word)
        elif rank % 5:
            agree_release(asked, actor=actor, today=starts_on)
            if rank == 9:  # noqa: PLR2004 - one of those that end soon is asked again
                renew_release(asked, actor=actor, today=today, ends_on=today + timedelta(weeks=58))
