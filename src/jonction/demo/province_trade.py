"""The trade of a province, to measure on: what funders ask, what is answered, handed over, freed.

It draws nothing: the same province has the same trade, and adding to it moves no other row.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, cast

from django.db.models import Model

from jonction.accounts.models import Person
from jonction.core.taxonomy import Dimension, Function, Stage
from jonction.cycle.models import Process, Question, Requirement
from jonction.governance.models import Alliance, Organisation
from jonction.support.models import (
    Contact,
    Filing,
    HandOver,
    Mandate,
    Need,
    NeedStep,
    Promise,
    ReleaseAgreement,
    Resource,
    Skill,
)

BATCH = 5_000
HEADINGS = ["1. Portrait", "2. Actions"]
EACH_HANDED, EACH_FREED = 4, 2


def write_trade(
    alliances: Sequence[Alliance],
    processes: Sequence[Process],
    resources: Sequence[Resource],
    mandates: Sequence[Mandate],
    *,
    person: Person,
    today: date,
) -> None:
    asked = _ask(alliances)
    _save(Filing, _filings(processes, asked, person, today))
    _hand_over(mandates[::EACH_HANDED], person, today)
    _save(Skill, (skill for rank, r in enumerate(resources) for skill in _skills(r, rank)))
    _save(ReleaseAgreement, (_release(r, today) for r in resources[::EACH_FREED]))
    needs = Need.objects.order_by("pk").iterator(BATCH)
    _save(NeedStep, (NeedStep(need=n, status=n.status, on=n.asked_on) for n in needs))


def _ask(alliances: Sequence[Alliance]) -> list[Requirement]:
    """Write one requirement for each stage of each Alliance, with its questions."""
    asked: list[Requirement] = _save(
        Requirement,
        (
            Requirement(
                alliance=alliance,
                name=f"Exigence : {stage.label}",
                stage=stage.value,
                official_text="Le bailleur demande de rendre compte de cette étape.",
                plain_text="Racontez cette étape.",
                anchor=Requirement.Anchor.STAGE_END,
                document=f"Rapport : {stage.label}",
            )
            for alliance in alliances
            for stage in Stage
        ),
    )
    questions = (
        Question(requirement=one, text=f"{heading} ?", heading=heading)
        for one in asked
        for heading in HEADINGS
    )
    _save(Question, questions)
    return asked


def _filings(
    processes: Iterable[Process], asked: Iterable[Requirement], person: Person, today: date
) -> Iterator[Filing]:
    by_alliance: dict[int, list[Requirement]] = {}
    for one in asked:
        by_alliance.setdefault(one.alliance_id, []).append(one)
    for process in processes:
        for rank, requirement in enumerate(by_alliance[process.body.alliance_id][:4]):
            is_given = rank < 2  # noqa: PLR2004 - half of them
            yield Filing(
                process=process,
                requirement=requirement,
                answers=dict.fromkeys(HEADINGS, "Ce qui a été fait. " * 20),
                status=Filing.Status.GIVEN if is_given else Filing.Status.STARTED,
                given_on=today if is_given else None,
                written_by=person,
            )


def _hand_over(mandates: Iterable[Mandate], person: Person, today: date) -> None:
    handed: list[HandOver] = _save(
        HandOver,
        (
            HandOver(
                mandate=mandate,
                prepared_by=person,
                prepared_on=min(mandate.ends_on, today),
                stages="Plan d’action : en cours\n" * 6,
                ahead="Rencontre du comité\n" * 8,
                status=HandOver.Status.FOLLOWED,
            )
            for mandate in mandates
        ),
    )
    _save(Contact, (Contact(handover=h, name=f"Personne {n}") for h in handed for n in range(5)))
    _save(Promise, (Promise(handover=h, text="Rappeler la municipalité") for h in handed))


def _skills(resource: Resource, rank: int) -> Iterator[Skill]:
    for n in range(3):
        yield Skill(
            resource=resource,
            stage=Stage.values[(rank + n) % len(Stage.values)],
            dimension=Dimension.values[rank % len(Dimension.values)],
            function=Function.values[n],
        )


def _release(resource: Resource, today: date) -> ReleaseAgreement:
    return ReleaseAgreement(
        resource=resource,
        organisation=cast("Organisation", resource.home),
        addressee="Direction",
        quarters_per_week=28,
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=100 + (resource.pk or 0) % 200),
        asked_on=today - timedelta(days=230),
        status=ReleaseAgreement.Status.AGREED,
    )


def _save(model: type[Model], rows: Iterable[Any]) -> list[Any]:
    saved: list[Any] = []
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        saved += model._default_manager.bulk_create(batch)
    return saved
