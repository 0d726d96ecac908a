"""What governance knows of a person: where she sits, and for which organisations she writes."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.disclosure import Part
from jonction.core.verdicts import Verdict
from jonction.governance import actions, rules
from jonction.governance.models import Membership, Seat
from jonction.governance.queries import keeps_record, standing_of


def personal_data(person: Person) -> list[Part]:
    dates = {"rôle": "role", "du": "starts_on", "au": "ends_on"}
    return [
        Part(
            "sieges",
            _("vos sièges"),
            Seat.objects.filter(person=person),
            {
                "instance": "body__name",
                "Alliance": "body__alliance__name",
                "organisme": "organisation__name",
                "à titre citoyen": "is_citizen",
                **dates,
            },
        ),
        Part(
            "acces",
            _("vos accès à des organismes"),
            Membership.objects.filter(person=person),
            {"organisme": "organisation__name", **dates},
        ),
    ]


def obstacles(person: Person, on: date) -> list[str]:
    """S3, R3: a body keeps a coordination, an organisation somebody who answers for it."""
    return [
        _("%(where)s : %(why)s") % {"where": where, "why": verdict.reason}
        for where, verdict in _ends(person, on)
        if not verdict
    ]


def stays(person: Person) -> list[str]:
    if person.seats.exists() or person.memberships.exists():
        return [_("Vos sièges et vos accès passés, avec leur rôle et leurs dates, sans votre nom.")]
    return []


def forget(person: Person, on: date) -> None:
    """End what still runs, as the person could by herself."""
    for seat in _seats(person, on):
        actions.end_seat(seat, actor=person, today=on, on=max(on, seat.starts_on))
    for one in _memberships(person, on):
        actions.end_membership(one, actor=person, today=on, on=max(on, one.starts_on))


def _ends(person: Person, on: date) -> Iterator[tuple[str, Verdict]]:
    for seat in _seats(person, on).select_related("body__alliance"):
        last = max(on, seat.starts_on)
        yield seat.body.name, rules.can_end_seat(person, seat, today=on, on=last)
    for one in _memberships(person, on).select_related("organisation__place"):
        last = max(on, one.starts_on)
        verdict = rules.can_end_membership(person, one, today=on, on=last)
        yield one.organisation.name, verdict


def _seats(person: Person, on: date) -> QuerySet[Seat]:
    return person.seats.filter(Q(ends_on=None) | Q(ends_on__gt=on))


def _memberships(person: Person, on: date) -> QuerySet[Membership]:
    return person.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=on))


def keeps(actor: Person, person: Person, on: date) -> bool | None:
    """S3: a record is kept by the coordination of each body where she sits, or by the Alliance of
    the region; an access, by the region of the organisation."""
    tables = standing_of(actor, on).coordinated_bodies
    running: set[str] = set()
    over: set[str] = set()
    seats = person.seats.values_list("ends_on", "body", "body__alliance__region__path")
    accesses = person.memberships.values_list("ends_on", "organisation__place__path")
    at_tables = [ends_on for ends_on, body, _path in seats if body in tables]
    others = [(ends_on, path) for ends_on, body, path in seats if body not in tables]
    for ends_on, path in [*others, *accesses]:
        (over if ends_on and ends_on < on else running).add(path or "")
    found = keeps_record(actor, running, over, on)
    return True if found is None and at_tables else found
