"""What the cycle shows: where each process stands is public."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet, prefetch_related_objects

from jonction.accounts.models import Person
from jonction.cycle.days import why_off
from jonction.cycle.models import Deadline, Milestone, Process, ProcessStage, Requirement, Window
from jonction.governance.models import Alliance, Body
from jonction.governance.queries import standing_of
from jonction.territories.legal_time import written
from jonction.territories.models import Place
from jonction.territories.queries import legal_zone, legal_zones


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as its territory reads it."""

    deadline: Deadline
    legal: str
    off: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A window as its region reads it."""

    window: Window
    opens: str
    closes: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Continuing:
    """What a process has not finished when its plan ends."""

    stages: list[ProcessStage]
    milestones: list[Milestone]
    deadlines: list[Deadline]


def public_processes() -> QuerySet[Process]:
    """Return every process with what a list prints of it; it names no person."""
    return Process.objects.select_related(
        "body__alliance__plan", "body__alliance__region", "body__territory"
    ).prefetch_related("stages")


def with_stages(processes: QuerySet[Process]) -> list[Process]:
    """Return processes with their stages, as `prefetch_related` would without a queryset for each."""
    found = list(processes)
    stages: defaultdict[int, list[ProcessStage]] = defaultdict(list)
    for stage in ProcessStage.objects.filter(process__in=[process.pk for process in found]):
        stages[stage.process_id].append(stage)
    for process in found:
        process._prefetched_objects_cache = {"stages": stages[process.pk]}  # type: ignore[attr-defined]
    return found


def listed_processes() -> QuerySet[Process]:
    """Return every process with what a list prints: three names, and its stages."""
    names = {
        "body_name": F("body__name"),
        "alliance_name": F("body__alliance__name"),
        "plan_name": F("body__alliance__plan__name"),
    }
    return Process.objects.annotate(**names).prefetch_related("stages")


def whole_processes() -> QuerySet[Process]:
    """Return the processes with what their own page prints."""
    rows = public_processes().select_related("previous")
    return rows.prefetch_related("milestones", "deadlines")


def following_of(process: Process) -> list[Process]:
    """Return the processes that take over; nothing follows one that is open."""
    return [] if process.status == Process.Status.OPEN else list(process.following.all())


def zone_of(body: Body) -> str:
    """Return the legal time of a body: that of its territory when it has one, else its region's."""
    return zones_of([body])[body.pk]


def zones_of(bodies: Sequence[Body]) -> dict[int, str]:
    """Return the legal time of each body, in a number of queries that they do not change."""
    prefetch_related_objects(bodies, "territory__places", "alliance__region")
    places = {body.pk: _places_of(body) for body in bodies}
    regions = {body.pk: body.alliance.region for body in bodies}
    zones = legal_zones([*regions.values(), *(p for found in places.values() for p in found)])
    found = {}
    for body in bodies:
        own = {zones[place.pk] for place in places[body.pk]}
        found[body.pk] = own.pop() if len(own) == 1 else zones[regions[body.pk].pk]
    return found


def deadlines_in(process: Process, zone: str) -> list[Due]:
    return [
        Due(
            deadline,
            written(deadline.due_at, zone),
            why_off(deadline.due_at.astimezone(ZoneInfo(zone)).date()),
        )
        for deadline in process.deadlines.all()
    ]


def continuing(process: Process, today: date, now: datetime) -> Continuing:
    """Return what goes on beyond this day: it is never lost between two plans."""
    return Continuing(
        [stage for stage in process.stages.all() if stage.state_on(today) != "over"],
        [milestone for milestone in process.milestones.all() if milestone.on >= today],
        [deadline for deadline in process.deadlines.all() if deadline.due_at >= now],
    )


def planned_beyond_plan(process: Process) -> list[ProcessStage]:
    """Return the stages planned to end after the plan: meant or not, those who steer must see it.

    A stage that really ended is a fact, and a process in transition has said what it does.
    """
    if process.status != Process.Status.OPEN:
        return []
    end = process.body.alliance.plan.ends_on
    return [s for s in process.stages.all() if s.planned_to > end and not s.real_to]


def bodies_to_open(person: Person, on: date) -> QuerySet[Body]:
    """Return the bodies that `person` steers and where no process is open."""
    standing = standing_of(person, on)
    steered = Q(pk__in=standing.coordinated_bodies) | Q(alliance__in=standing.coordinated_alliances)
    running = Process.objects.filter(status=Process.Status.OPEN).values("body")
    bodies = Body.objects.filter(steered, alliance__plan__ends_on__gte=on).exclude(pk__in=running)
    return bodies.select_related("alliance__plan").order_by("name")


def next_alliances(process: Process) -> QuerySet[Alliance]:
    """Return the Alliances of the same region under a later plan."""
    alliance = process.body.alliance
    later = Alliance.objects.filter(
        region=alliance.region, plan__starts_on__gt=alliance.plan.starts_on
    )
    return later.select_related("plan", "region").order_by("plan__starts_on")


def body_in(alliance: Alliance, body: Body) -> Body | None:
    """Return the same body under another Alliance: that of the same name."""
    return Body.objects.filter(alliance=alliance, name=body.name).first()


def windows_shown(alliance: Alliance, now: datetime) -> list[Shown]:
    """Return the windows of the Alliance with their dates in the legal time of its region."""
    zone = legal_zone(alliance.region)
    return [
        Shown(
            window,
            written(window.starts_at, zone),
            written(window.ends_at, zone),
            window.starts_at <= now < window.ends_at,
        )
        for window in Window.objects.filter(alliance=alliance).select_related("territory")
    ]


def windows_for(gesture: str, processes: Sequence[Process]) -> dict[int, list[Window]]:
    """Return the windows of the gesture that reach each process, in order; few have any."""
    alliances = {process.body.alliance_id for process in processes}
    windows = list(Window.objects.filter(gesture=gesture, alliance__in=alliances))
    found = {
        process.pk: [
            window
            for window in windows
            if window.alliance_id == process.body.alliance_id
            and window.territory_id in (None, process.body.territory_id)
        ]
        for process in processes
    }
    return {pk: reaching for pk, reaching in found.items() if reaching}


def requirements_of(alliance: Alliance) -> QuerySet[Requirement]:
    """Return what the funder asks there; a requirement is written for everybody to read."""
    return Requirement.objects.filter(alliance=alliance).prefetch_related("questions")


def alliances_with_requirements() -> QuerySet[Alliance]:
    found = Alliance.objects.filter(requirements__isnull=False).distinct()
    return found.select_related("plan").order_by("-plan__starts_on", "name")


def _places_of(body: Body) -> list[Place]:
    return list(body.territory.places.all()) if body.territory else []
