"""Who is told of what happens in support.

A mandate speaks to its two sides, a need to who asked and to who may answer, a break foreseen and a
departure to those who can still act. Nobody is told of her own gesture.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy

from jonction.accounts.language import spoken_to
from jonction.accounts.models import Person
from jonction.accounts.news import News
from jonction.accounts.telling import Line, tell_in_the_morning, tell_news
from jonction.core.days import in_words
from jonction.core.models import Trace
from jonction.core.subjects import may_read
from jonction.core.taxonomy import Level
from jonction.cycle.models import Process
from jonction.cycle.queries import zone_of
from jonction.governance.models import Alliance, Body, Seat
from jonction.governance.queries import held_on
from jonction.support.models import Alert, HandOver, Mandate, Need, ReleaseAgreement, Resource
from jonction.territories.queries import legal_zone

MAILS = "support/mails"
FORESEEN = gettext_lazy("Rupture prévue le %(day)s : %(process)s")
ALREADY = gettext_lazy("Rupture depuis le %(day)s : %(process)s")
RELEASED = gettext_lazy("Libération à renouveler avant le %(day)s : %(who)s")


def tell_of_mandate(mandate: Mandate, word: str, *, actor: Person, today: date) -> None:
    """Tell the other side: the person of the resource, or who proposed (the coordination)."""
    sides = [mandate.resource.person]
    if word not in ("proposed", "withdrawn"):
        sides += _proposers(mandate, today)
    if word in ("accepted", "declined"):
        sides.remove(mandate.resource.person)
    tell_news(
        [person for person in sides if person != actor],
        News.MANDATE,
        f"{MAILS}/mandate_{word}.txt",
        mandate,
        key=f"mandate:{mandate.pk}:{word}:{_turn(mandate)}",
        zone=zone_of(mandate.process.body),
    )


def tell_of_need(need: Need, *, actor: Person, today: date, word: str = "raised") -> None:
    """Tell those who may answer that a need is there, and who asked that it is received.

    `word` is `raised` or `reopened`: a need that comes back says that it does.
    """
    turn = "" if word == "raised" else f":{_turn(need)}"
    zone = zone_of(need.process.body)
    tell_news(
        [p for p in answering(need.process.body, today) if p != actor],
        News.NEED,
        f"{MAILS}/need_{word}.txt",
        need,
        key=f"need:{need.pk}:{word}{turn}",
        zone=zone,
    )
    template = f"{MAILS}/need_received.txt"
    key = f"need:{need.pk}:received{turn}"
    tell_news([need.asked_by], News.NEED, template, need, key=key, zone=zone)


def tell_who_asked(need: Need, *, actor: Person, word: str = "moved") -> None:
    """Say to who asked where her need now is; `freed` when nobody carries it any more."""
    if need.asked_by_id == actor.pk:
        return
    tell_news(
        [need.asked_by],
        News.NEED,
        f"{MAILS}/need_{word}.txt",
        need,
        key=f"need:{need.pk}:{need.status}:{_turn(need)}",
        zone=zone_of(need.process.body),
    )


def tell_of_handover(handover: HandOver, word: str, *, to: Resource | None) -> None:
    """Tell the one who leaves or the one who takes over; the reminder is told once."""
    turn = "" if word == "due" else _turn(handover)
    tell_news(
        [to.person if to else None],
        News.HANDOVER,
        f"{MAILS}/handover_{word}.txt",
        handover,
        key=f"handover:{handover.pk}:{word}:{turn}",
        zone=zone_of(handover.mandate.process.body),
    )


def tell_of_departure(resource: Resource, *, actor: Person, today: date) -> None:
    regional = Body.objects.filter(alliance=resource.alliance_id, level=Level.REGIONAL)
    people = coordinating(regional, today)
    on = resource.leaves_on.isoformat() if resource.leaves_on else "none"
    tell_news(
        [p for p in people if p != actor],
        News.DEPARTURE,
        f"{MAILS}/departure.txt",
        resource,
        key=f"departure:{resource.pk}:{on}:{_turn(resource)}",
        zone=legal_zone(
            Alliance.objects.select_related("region").get(pk=resource.alliance_id).region
        ),
    )


def tell_of_alerts(alerts: Iterable[Alert], today: date) -> None:
    """Keep the breaks newly foreseen for the morning mail of those who can act."""
    alerts = list(alerts)
    people = _acting(Process.objects.filter(pk__in={a.process_id for a in alerts}), today)
    tell_in_the_morning(
        News.ALERT,
        [
            Line(
                person,
                alert,
                _line_of(alert, person, today),
                resolve_url("support:continuity_detail", alert.process_id),
                f"alert:{alert.pk}",
            )
            for alert in alerts
            for person in people[alert.process_id]
        ],
    )


def tell_of_releases(releases: Iterable[ReleaseAgreement], today: date) -> None:
    """Say once, in the morning mail, that a release ends: there is time to ask for it again."""
    releases = list(releases)
    lines = []
    for alliance in {release.resource.alliance_id for release in releases}:
        regional = Body.objects.filter(alliance=alliance, level=Level.REGIONAL)
        deciding = coordinating(regional, today)
        for release in (r for r in releases if r.resource.alliance_id == alliance):
            lines += [
                Line(
                    person,
                    release,
                    _release_line(release, person),
                    resolve_url(release),
                    f"release:{release.pk}",
                )
                for person in {*deciding, release.resource.person}
                if person is not None and person.email and person.is_active
            ]
    tell_in_the_morning(News.ALERT, lines)


def _release_line(release: ReleaseAgreement, person: Person) -> str:
    with spoken_to(person):
        said = {"day": in_words(release.ends_on), "who": release.resource.name}
        return str(RELEASED) % said


def _line_of(alert: Alert, person: Person, today: date) -> str:
    with spoken_to(person):
        said = FORESEEN if alert.breaks_on > today else ALREADY
        return str(said) % {"day": in_words(alert.breaks_on), "process": alert.process.name}


def coordinating(bodies: Iterable[Body], on: date) -> list[Person]:
    seats = Seat.objects.filter(held_on(on), body__in=bodies, role=Seat.Role.COORDINATOR)
    return [seat.person for seat in seats.select_related("person")]


def answering(body: Body, on: date) -> Sequence[Person]:
    """Return who coordinates the body, or its Alliance when nobody does."""
    regional = Body.objects.filter(alliance=body.alliance_id, level=Level.REGIONAL)
    return coordinating([body], on) or coordinating(regional, on)


def _proposers(mandate: Mandate, on: date) -> Sequence[Person]:
    """Return who proposed the mandate while she still reads it, else the coordination."""
    lines = Trace.of(mandate).filter(verb="support.mandate.proposed").select_related("actor")
    proposers = [line.actor for line in lines if may_read(line.actor, mandate)]
    return proposers or answering(mandate.process.body, on)


def _acting(processes: QuerySet[Process], on: date) -> dict[int, list[Person]]:
    """Return, by process, who coordinates its body or its Alliance; in two queries."""
    bodies = {process.pk: process.body for process in processes.select_related("body")}
    ids = {body.pk for body in bodies.values()}
    alliances = {body.alliance_id for body in bodies.values()}
    seats = Seat.objects.filter(
        Q(body__in=ids) | Q(body__alliance__in=alliances, body__level=Level.REGIONAL),
        held_on(on),
        role=Seat.Role.COORDINATOR,
        person__email__isnull=False,
        person__is_active=True,
    ).select_related("person", "body")
    found: defaultdict[int, dict[int, Person]] = defaultdict(dict)
    for seat in seats:
        for pk, body in bodies.items():
            over = seat.body.level == Level.REGIONAL and seat.body.alliance_id == body.alliance_id
            if seat.body_id == body.pk or over:
                found[pk][seat.person_id] = seat.person
    return {pk: list(found[pk].values()) for pk in bodies}


def _turn(thing: Mandate | Need | Resource | HandOver) -> int:
    """Return how many times the thing has moved: suspended twice, it is told twice."""
    return Trace.of(thing).count()
