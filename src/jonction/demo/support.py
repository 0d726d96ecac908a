"""What surrounds the mandates of the demonstration: needs, hours, calendar, what needs nothing."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

from jonction.accounts.models import Person
from jonction.core.taxonomy import Dimension, Level
from jonction.cycle.models import Deadline, Milestone, Process
from jonction.demo.days import working
from jonction.demo.words import CALLERS, NEEDS
from jonction.governance.models import Organisation
from jonction.support.models import Capacity, Mandate, Need, NeedStep, Pause, Resource, Waiver

HOW_MANY_NEEDS = 60
EASTERN = ZoneInfo("America/Toronto")
# weeks from today, name, and the stage it belongs to
MILESTONES = [
    (-9, "Forum local", "planning"),
    (2, "Rencontre de priorisation", "planning"),
    (5, "Adoption du plan d’action", "planning"),
    (9, "Soirée d’information sur l’appel", "calls"),
]
DEADLINES = [
    (4, "Dépôt du plan d’action local à la Table régionale", Deadline.Force.HARD, "Entente"),
    (15, "Fin de l’appel de projets", Deadline.Force.HARD, "Guide du promoteur"),
    (3, "Commentaires sur le projet de plan", Deadline.Force.SOFT, "Décision du comité"),
]
STATES = [
    Need.Status.RECEIVED,
    Need.Status.ADMISSIBLE,
    Need.Status.ADMISSIBLE,
    Need.Status.INADMISSIBLE,
    Need.Status.PRIORITISED,
    Need.Status.MATCHED,
    Need.Status.IN_PROGRESS,
    Need.Status.MET,
    Need.Status.DECLINED,
    Need.Status.CLOSED,
]
# what each state came after; the days between are drawn
WAYS = {
    Need.Status.RECEIVED: ["received"],
    Need.Status.INADMISSIBLE: ["received", "inadmissible"],
    Need.Status.ADMISSIBLE: ["received", "admissible"],
    Need.Status.PRIORITISED: ["received", "admissible", "prioritised"],
    Need.Status.MATCHED: ["received", "admissible", "prioritised", "matched"],
    Need.Status.IN_PROGRESS: ["received", "admissible", "prioritised", "matched", "in_progress"],
    Need.Status.MET: ["received", "admissible", "prioritised", "matched", "in_progress", "met"],
    Need.Status.DECLINED: ["received", "admissible", "declined"],
    Need.Status.CLOSED: ["received", "admissible", "closed"],
}
ANSWERS = {
    Need.Status.INADMISSIBLE: "La demande porte sur un logiciel, pas sur de l’accompagnement.",
    Need.Status.PRIORITISED: "L’appel s’ouvre bientôt et personne ne soutient encore cette table.",
    Need.Status.MET: "Trois rencontres ont suffi ; le comité continue seul.",
    Need.Status.DECLINED: "Personne n’est libre avant l’été ; la demande est reprise au prochain cycle.",
    Need.Status.CLOSED: "Le comité s’est organisé autrement.",
}
SUSPENDED, DECLINED, ENDED, PROPOSED, WITHDRAWN = range(5)


def close_past(processes: Sequence[Process]) -> None:
    """The processes of the finished plan are closed: what follows them has begun."""
    ids = [process.pk for process in processes]
    Process.objects.filter(pk__in=ids).update(status=Process.Status.CLOSED)


def fill_calendar(processes: Sequence[Process], today: date) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            process=process, name=name, on=working(today + timedelta(weeks=weeks)), stage=stage
        )
        for process, (weeks, name, stage) in product(processes, MILESTONES)
    )
    Deadline.objects.bulk_create(
        Deadline(
            process=process,
            name=name,
            due_at=datetime.combine(working(today + timedelta(weeks=weeks)), time(16), EASTERN),
            force=force,
            source=source,
        )
        for process, (weeks, name, force, source) in product(processes, DEADLINES)
    )


def give_hours(resources: Sequence[Resource], today: date) -> None:
    """Say the hours that two resources out of three can give; the others have not said."""
    Capacity.objects.bulk_create(
        Capacity(
            resource=resource,
            quarters_per_week=(60, 100, 140)[rank % 3],
            starts_on=today - timedelta(weeks=70),
            ends_on=today + timedelta(weeks=60),
        )
        for rank, resource in enumerate(resources)
        if rank % 3
    )


def vary_mandates(
    resources: Sequence[Resource], processes: Sequence[Process], today: date
) -> list[Mandate]:
    """Add the mandates that are not simply active: proposed, declined, withdrawn, suspended, ended."""
    asked = [
        (PROPOSED, resources[0], processes[3]),
        (PROPOSED, resources[1], processes[5]),
        (DECLINED, resources[6], processes[8]),
        (SUSPENDED, resources[9], processes[4]),
        (ENDED, resources[11], processes[2]),
        (WITHDRAWN, resources[13], processes[6]),
    ]
    kinds = {
        PROPOSED: (Mandate.Status.PROPOSED, "", 2, 30),
        DECLINED: (Mandate.Status.DECLINED, "Trop loin de ma résidence l’hiver.", 2, 30),
        WITHDRAWN: (Mandate.Status.WITHDRAWN, "Proposé deux fois par erreur.", 2, 30),
        SUSPENDED: (Mandate.Status.SUSPENDED, "Congé de maladie.", -20, 20),
        ENDED: (Mandate.Status.ENDED, "Nouveau poste dans une autre région.", -40, -3),
    }
    made = []
    for kind, resource, process in asked:
        status, word, starts, ends = kinds[kind]
        made.append(
            Mandate.objects.create(
                resource=resource,
                process=process,
                level=process.body.level,
                stages=["planning", "calls"],
                dimensions=list(Dimension.values[:2]),
                quarters_per_week=12,
                starts_on=today + timedelta(weeks=starts),
                ends_on=today + timedelta(weeks=ends),
                status=status,
                word=word,
            )
        )
    suspended = next(m for m in made if m.status == Mandate.Status.SUSPENDED)
    Pause.objects.create(mandate=suspended, starts_on=today - timedelta(weeks=3))
    return made


def raise_needs(
    draw: Random, processes: Sequence[Process], asker: Person, today: date
) -> list[Need]:
    """Ask sixty times, in every state; a need carried by somebody has the mandate that carries it."""
    carried = _carriers(processes)
    pairs = [
        pair for rank, pair in enumerate(product(NEEDS, processes)) if rank % 9 != len(NEEDS) % 9
    ]
    needs = [
        _need(draw, process, asked, asker=asker, today=today, status=STATES[rank % len(STATES)])
        for rank, (asked, process) in enumerate(pairs[:HOW_MANY_NEEDS])
    ]
    made = Need.objects.bulk_create(needs)
    NeedStep.objects.bulk_create(step for need in made for step in _steps(draw, need, today))
    for need in made:
        mandate = carried.get((need.process_id, need.status))
        if mandate is not None:
            Mandate.objects.filter(pk=mandate).update(need=need)
    return made


def ask_as_promoter(needs: Sequence[Need], promoter: Person, organisation: Organisation) -> None:
    """Have some of the needs asked by a promoter, from a stage, for her organisation."""
    asked = Need.objects.filter(pk__in=[need.pk for need in needs[5::12]])
    asked.update(
        asked_by=promoter,
        organisation=organisation,
        level=Level.PROMOTER,
        origin=Need.Origin.STAGE,
        channel=Need.Channel.PAGE,
        on_behalf_of="",
    )
    # she does not know how long it takes: the coordination says it before it is retained
    asked.filter(status__in=[Need.Status.RECEIVED, Need.Status.ADMISSIBLE]).update(
        quarters_per_week=None
    )


def _need(
    draw: Random,
    process: Process,
    asked: tuple[str, str, str],
    *,
    asker: Person,
    today: date,
    status: Need.Status,
) -> Need:
    text, stage, dimension = asked
    caller = draw.choice(CALLERS)
    starts_on = today + timedelta(weeks=draw.randrange(-20, 12))
    return Need(
        process=process,
        text=text,
        level=draw.choice((process.body.level, process.body.level, Level.PROMOTER.value)),
        stages=[stage],
        dimensions=[dimension],
        quarters_per_week=draw.choice((4, 8, 8, 14, 28)),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=draw.choice((6, 12, 26))),
        urgency=draw.choice(Need.Urgency.values),
        asked_by=asker,
        on_behalf_of=caller,
        channel=Need.Channel.TELEPHONE if caller else Need.Channel.PAGE,
        asked_on=today - timedelta(days=draw.randrange(1, 120)),
        status=status,
        answer=ANSWERS.get(status, ""),
    )


def _steps(draw: Random, need: Need, today: date) -> list[NeedStep]:
    on, steps = need.asked_on, []
    for status in WAYS[Need.Status(need.status)]:
        word = need.answer if status == need.status else ""
        step = NeedStep(need=need, status=status, on=min(on, today), word=word)
        if status == Need.Status.PRIORITISED:  # no draw: what is drawn after would change
            step.rank, step.among = 1 + need.pk % 4, 6 + need.pk % 5
        steps.append(step)
        on += timedelta(days=draw.randrange(2, 24))
    return steps


def _carriers(processes: Sequence[Process]) -> dict[tuple[int, str], int]:
    """Return, by process, an active mandate for a need in progress and a proposed one for a match."""
    ids = [process.pk for process in processes]
    pairs = {
        Mandate.Status.ACTIVE: Need.Status.IN_PROGRESS,
        Mandate.Status.PROPOSED: Need.Status.MATCHED,
    }
    mandates = Mandate.objects.filter(process__in=ids, status__in=list(pairs)).order_by("-pk")
    return {(m.process_id, pairs[Mandate.Status(m.status)].value): m.pk for m in mandates}


def say_unneeded(processes: Sequence[Process], coordinator: Person) -> None:
    reason = "La municipalité publie elle-même les nouvelles de la démarche."
    Waiver.objects.bulk_create(
        Waiver(
            process=process,
            level=process.body.level,
            stage="planning",
            dimension="communication",
            reason=reason,
            said_by=coordinator,
        )
        for process in processes[2:5]
    )
