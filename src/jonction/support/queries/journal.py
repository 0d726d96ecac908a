"""What the journal shows, to whom, and what a sentence lets guess."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from jonction.accounts.models import Person
from jonction.core.memory import remembered
from jonction.core.taxonomy import Dimension, Level
from jonction.cycle.models import Process
from jonction.engines.guess import Known, guess
from jonction.governance.queries import standing_of
from jonction.support.models import Intervention, Mandate, Resource, Share
from jonction.support.queries.access import reached_by, resource_of

COUNTED = (Mandate.Status.ACTIVE,)
LATE = timedelta(weeks=13)
DOUBTS = ("too_long", "clock", "no_day")
SAID = ("quarters", "text", "function", "posture", "follow_up", "participants")


def journal_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return where `person` may write in the journal: where an active mandate of theirs runs."""
    return (
        Process.objects.filter(
            mandates__resource__person=person,
            mandates__status__in=COUNTED,
            mandates__starts_on__lte=on,
            mandates__ends_on__gte=on,
        )
        .select_related("body")
        .prefetch_related("stages")
        .distinct()
    )


def interventions_visible_to(person: Person, on: date) -> QuerySet[Intervention]:
    """Return the journal lines whose text `person` may read.

    Mine: the writer alone. Mandate: those with a mandate in the same process too. Body: those who
    coordinate the body or the Alliance too. Open: everybody who may see names there.
    """
    shared, resource = Intervention.Audience, resource_of(person)
    reached = reached_by(person, on)
    coordinated = [one.pk for one in reached if one.is_coordinated]
    seated = [one.pk for one in reached if one.is_seated and not one.is_coordinated]
    readable = Q(audience__in=[shared.BODY, shared.OPEN], of__in=coordinated)
    if seated:
        readable |= Q(audience=shared.OPEN, of__in=seated)
    if resource:
        held = [one.pk for one in reached if one.is_held]
        readable |= Q(resource=resource) | Q(
            audience__in=[shared.MANDATE, shared.BODY, shared.OPEN], of__in=held
        )
    # what surrounds the lines is not joined, and their process is said so that no index holds it:
    # SQLite would begin there, and sort all the lines of these processes
    lines = Intervention.objects.alias(of=F("process_id") + 0).filter(readable)
    return lines.prefetch_related("process__body", "resource", "shares")


def writable_processes(person: Person, today: date) -> QuerySet[Process]:
    """Return the choices of the journal's form: where a mandate runs, or ended lately.

    One writes late, but not for a cycle that is over; the rule judges the exact date.
    """
    return (
        Process.objects.filter(
            mandates__resource__person=person,
            mandates__status__in=COUNTED,
            mandates__starts_on__lte=today,
            mandates__ends_on__gte=today - LATE,
        )
        .select_related("body__territory")
        .prefetch_related("stages")
        .distinct()
    )


def guess_for(
    person: Person,
    text: str,
    on: date,
    *,
    chosen: int | None = None,
    is_day_sure: bool = False,
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Return the fields of a journal line that `text` lets guess, and the words that said each.

    A stage that is not said is the one that the process was living through that day; dimensions
    that are not said, and the posture, are those of the mandate. A process already chosen is not
    guessed; a day that is sure is not read from the words. Words that were not taken fill nothing,
    and are under the name of their doubt.
    """
    processes = list(writable_processes(person, on)) if text else []
    processes = [p for p in processes if chosen in (None, p.pk)]
    known = [Known(p.pk, _names_of(p)) for p in processes]
    found = guess(text, known, on)
    process = next((p for p in processes if p.pk == found.process), None)
    day = on if is_day_sure else found.on or on
    stage = found.stage or (current_stage(process, day) if process else "")
    fields = {
        "text": text,
        "on": day,
        "process": found.process,
        "quarters": found.quarters,
        "stages": [stage] if stage else [],
        "dimensions": [found.dimension] if found.dimension else dimensions_of(person, process),
        "function": found.function,
        "posture": found.posture or posture_of(person, process, day),
        "aspects": list(found.aspects),
    }
    doubts = {doubt: getattr(found, doubt) for doubt in DOUBTS}
    return fields, found.because | {doubt: words for doubt, words in doubts.items() if words}


def _names_of(process: Process) -> tuple[str, ...]:
    """Return what people call the table: its name, its territory, or simply « la régionale »."""
    body = process.body
    usual = ("Table régionale", "Comité régional") if body.level == Level.REGIONAL else ()
    return (body.name, body.territory.name if body.territory else "", *usual)


def dimensions_of(person: Person, process: Process | None) -> list[str]:
    """Return the dimensions that the mandates of `person` in that process serve."""
    mandates = Mandate.objects.filter(resource__person=person, process=process, status__in=COUNTED)
    served = {d for dimensions in mandates.values_list("dimensions", flat=True) for d in dimensions}
    return [code for code in Dimension.values if code in served]


def posture_of(person: Person, process: Process | None, on: date) -> str:
    """Return the posture that the mandates of `person` say that day, when they say one alone."""
    mandates = Mandate.objects.filter(
        resource__person=person,
        process=process,
        status__in=COUNTED,
        starts_on__lte=on,
        ends_on__gte=on,
    )
    said = set(mandates.values_list("posture", flat=True))
    return said.pop() if len(said) == 1 else ""


def said_in(person: Person, text: str, process: Process, on: date) -> dict[str, str]:
    """Return the function and the posture that the words say, else the posture of the mandate."""
    found = guess(text, [], on)
    posture = found.posture or posture_of(person, process, on)
    return {"function": found.function, "posture": posture}


def fields_again(line: Intervention, on: date) -> dict[str, Any]:
    """Return the fields of a line, to write it again on that day or to correct it."""
    names = ["text", "quarters", "posture", "function", "aspects", "audience", "follow_up"]
    names += ["participants"]
    fields = {name: getattr(line, name) for name in names}
    shares = line.shares.all()
    return {
        **fields,
        "on": on,
        "process": line.process_id,
        "stages": sorted({share.stage for share in shares}),
        "dimensions": sorted({share.dimension for share in shares}),
    }


def week_of(person: Person, monday: date, today: date) -> list[dict[str, Any]]:
    """Return the seven days from `monday`, with the lines that `person` wrote."""
    lines = Intervention.objects.filter(
        resource__person=person, on__range=(monday, monday + timedelta(days=6))
    ).order_by("pk")
    days = [monday + timedelta(days=n) for n in range(7)]
    found: dict[date, list[Intervention]] = {day: [] for day in days}
    for line in lines:
        found[line.on].append(line)
    return [
        {
            "on": day,
            "is_today": day == today,
            "total": hours(sum(line.quarters for line in found[day])),
            "lines": [
                {"text": line.text, "url": line.get_absolute_url(), "hours": hours(line.quarters)}
                for line in found[day]
            ],
        }
        for day in days
    ]


def hours(quarters: int) -> str:
    """Return quarter hours as people say them: 1 h 30."""
    whole, rest = divmod(quarters * 15, 60)
    if not quarters:
        return ""
    return f"{whole}\u00a0h\u00a0{rest:02d}" if rest else f"{whole}\u00a0h"


def quarters_noted(person: Person, monday: date) -> int:
    """Return the quarter hours that `person` noted in that week."""
    week = (monday, monday + timedelta(days=6))
    lines = Intervention.objects.filter(resource__person=person, on__range=week)
    return lines.aggregate(sum=Sum("quarters"))["sum"] or 0


def own_mandates(person: Person, on: date) -> list[Mandate]:
    """Return the mandates offered to `person`, or active, in the week of that day or later.

    Read once a page: a desk says what is offered, what is promised, and whether one may write.
    """
    monday = on - timedelta(days=on.weekday())
    rows = Mandate.objects.filter(
        resource__person=person,
        status__in=[Mandate.Status.PROPOSED, *COUNTED],
        ends_on__gte=monday,
    )
    return remembered(
        ("own mandates", person.pk, monday), lambda: list(rows.select_related("process"))
    )


def promised_per_week(person: Person, monday: date) -> int:
    """Return the quarter hours a week that the active mandates of `person` promise."""
    sunday = monday + timedelta(days=6)
    return sum(
        mandate.quarters_per_week
        for mandate in own_mandates(person, monday)
        if mandate.status in COUNTED and mandate.starts_on <= sunday
    )


def current_stage(process: Process, on: date) -> str:
    """Return the code of the stage lived that day, by its real dates where they are known."""
    running = [
        stage.kind
        for stage in process.stages.all()
        if (stage.real_from or stage.planned_from) <= on <= (stage.real_to or stage.planned_to)
    ]
    return running[0] if running else ""


def journals_written_by(person: Person, on: date) -> QuerySet[Resource]:
    """Return the resources whose journal `person` may bring in: her own, or her Alliance's."""
    standing = standing_of(person, on)
    return Resource.objects.filter(
        Q(person=person) | Q(alliance__in=standing.coordinated_alliances)
    )


def facts_of(line: Intervention) -> dict[str, Any]:
    """Return what a line says, as an import says it."""
    shares = line.shares.all()
    return {
        "process": line.process_id,
        "on": line.on.isoformat(),
        **{name: getattr(line, name) for name in SAID},
        "stages": sorted({share.stage for share in shares}),
        "dimensions": sorted({share.dimension for share in shares}),
    }


def facts_by_line(lines: QuerySet[Intervention]) -> dict[int, dict[str, Any]]:
    """Return what `facts_of` says of each line, in their order, without making objects of them."""
    known: dict[int, dict[str, Any]] = {}
    for pk, process, on, *rest in lines.values_list("pk", "process_id", "on", *SAID):
        facts = {"process": process, "on": on.isoformat(), **dict(zip(SAID, rest, strict=True))}
        known[pk] = {**facts, "stages": set(), "dimensions": set()}
    cells = Share.objects.filter(intervention__in=lines.order_by().values("pk"))
    for pk, stage, dimension in cells.values_list("intervention_id", "stage", "dimension"):
        known[pk]["stages"].add(stage)
        known[pk]["dimensions"].add(dimension)
    for facts in known.values():
        facts |= {"stages": sorted(facts["stages"]), "dimensions": sorted(facts["dimensions"])}
    return known
