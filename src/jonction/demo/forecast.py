"""What the load and the forecast of the demonstration rest on: meetings, a past, an overload."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import cast

from jonction.accounts.models import Person
from jonction.cycle.models import Milestone, Process, ProcessStage
from jonction.demo.days import working
from jonction.governance.models import Body, Organisation, Seat
from jonction.support.forecast import compute, new_forecast, project_of
from jonction.support.models import Assumptions, Capacity, Mandate, Resource

# weeks from today, name, and the stage whose end is decided there; five meetings a year, as in Mékinac
MEETINGS = [
    (1, "Rencontre du comité", ""),
    (6, "Rencontre du comité", ""),
    (9, "Rencontre du comité : adoption", "planning"),
    (14, "Rencontre du comité", ""),
    (31, "Rencontre du comité : recommandations", "calls"),
    (36, "Rencontre du comité : recommandations", "calls"),
]
FORECASTS = 3
ROOM = 44
OFFERED = 20  # quarter hours a week: about what those people have promised
TABLES = 4  # where the same person sits for the same organisation


def hold_meetings(processes: Sequence[Process], today: date) -> None:
    monday = today - timedelta(days=today.weekday())
    Milestone.objects.bulk_create(
        Milestone(
            process=process,
            name=name,
            # each table has its day: some fall on the same one
            on=working(monday + timedelta(weeks=weeks, days=1 + rank % 3)),
            stage=stage,
            kind=Milestone.Kind.MEETING,
            quarters=8 if weeks % 2 else None,
        )
        for rank, process in enumerate(processes)
        for weeks, name, stage in MEETINGS
    )


def live_the_past(draw: Random, processes: Sequence[Process]) -> None:
    """Say when the stages of the finished plan really began and ended: some early, some late.

    Were most of them late, no deadline to come would have a chance, with support or without.
    """
    stages = list(ProcessStage.objects.filter(process__in=processes))
    for stage in stages:
        planned = (stage.planned_to - stage.planned_from).days
        stage.real_from = stage.planned_from + timedelta(days=draw.randrange(15))
        lived = planned * draw.triangular(0.6, 1.25, 0.85)
        stage.real_to = stage.real_from + timedelta(days=round(lived))
    ProcessStage.objects.bulk_update(stages, ["real_from", "real_to"])


def overload(resource: Resource, today: date) -> None:
    """Say fewer hours than the mandates of that person take: somebody is to be protected."""
    held = resource.mandates.filter(status=Mandate.Status.ACTIVE, starts_on__lte=today)
    promised = sum(m.quarters_per_week for m in held.filter(ends_on__gte=today))
    Capacity.objects.create(
        resource=resource,
        quarters_per_week=promised * 3 // 4,
        starts_on=today - timedelta(weeks=70),
        ends_on=today + timedelta(weeks=60),
    )


def offer_little(resources: Sequence[Resource], today: date) -> None:
    """Say hours close to what those people have promised."""
    Capacity.objects.bulk_create(
        Capacity(
            resource=resource,
            quarters_per_week=OFFERED,
            starts_on=today - timedelta(weeks=70),
            ends_on=today + timedelta(weeks=60),
        )
        for resource in resources
    )


def offer_more(resource: Resource, today: date) -> None:
    """Say hours that leave room for the mandate that waits for an answer."""
    Capacity.objects.create(
        resource=resource,
        quarters_per_week=ROOM,
        starts_on=today - timedelta(weeks=70),
        ends_on=today + timedelta(weeks=60),
    )


def seat_everywhere(
    bodies: Sequence[Body], organisation: Organisation, person: Person, today: date
) -> None:
    """Seat one person for one organisation at several tables: the meetings fall on her."""
    Seat.objects.bulk_create(
        Seat(
            person=person,
            body=body,
            organisation=organisation,
            starts_on=today - timedelta(weeks=60),
        )
        for body in bodies[1 : 1 + TABLES]
    )


def seat_where_she_supports(resource: Resource, processes: Sequence[Process], today: date) -> None:
    """Seat somebody in a body that she supports too: its meetings add to her mandates."""
    held = resource.mandates.filter(process__in=processes, ends_on__gte=today).order_by("pk")
    for mandate in held[:1]:
        Seat.objects.create(
            person=cast("Person", resource.person),
            body=mandate.process.body,
            starts_on=today - timedelta(weeks=60),
        )


def foresee(processes: Sequence[Process], coordinator: Person, today: date) -> None:
    """Compute some forecasts, so that the pages show them at once."""
    Assumptions.objects.get_or_create(alliance=processes[0].body.alliance)
    for process in processes[:FORECASTS]:
        project = project_of(process, today=today)
        forecast = new_forecast(process, project, actor=coordinator, today=today)
        forecast.save()
        compute(forecast)
