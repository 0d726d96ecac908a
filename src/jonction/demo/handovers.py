"""Hand-overs of the demonstration, in every state: to finish, to read, to follow, done."""

from datetime import date, timedelta

from django.db.models import QuerySet

from jonction.accounts.models import Person
from jonction.support.actions.handover import (
    acknowledge_handover,
    edit_handover,
    follow_handover,
    give_handover,
    prepare_handover,
)
from jonction.support.models import HandOver, Mandate, Resource

SENSITIVE = (
    "Deux organismes ne se parlent plus depuis le dernier appel. Les inviter chacun de son côté, "
    "d’abord, a toujours mieux marché qu’une rencontre commune."
)
REACH = [
    "Par téléphone, le matin avant 10 h",
    "Par courriel ; répond le vendredi",
    "En personne, au café du village",
    "Par texto",
]
MISSING = "La clé de la salle, et le nom de la personne qui la prête."


def hand_over(resources: list[Resource], coordinator: Person, today: date) -> None:
    """Prepare a file for each mandate that ended or whose holder leaves, and take some further."""
    held = _held(resources, today)
    gone = Mandate.objects.filter(resource__in=resources, status=Mandate.Status.ENDED)
    leaving = Mandate.objects.filter(
        resource__leaves_on__isnull=False,
        resource__in=resources,
        status=Mandate.Status.ACTIVE,
        ends_on__gte=today,
    )
    to_read, to_follow, followed = [
        _written(mandate, coordinator, resources[rank % 2], today - timedelta(days=days))
        for rank, (mandate, days) in enumerate(
            [
                (gone.order_by("pk")[0], 3),
                (held[0], 40),
                (held[5], 70),
            ]
        )
    ]
    for mandate in leaving.order_by("pk"):
        prepare_handover(mandate, actor=coordinator, today=today, reason=HandOver.Reason.DEPARTURE)
    _read(to_follow, today - timedelta(days=33))
    _read(followed, today - timedelta(days=64))
    follow_handover(
        followed, actor=_receiver(followed), today=today - timedelta(days=30), follow_up=MISSING
    )
    give_handover(to_read, actor=coordinator, today=today - timedelta(days=2))


def _held(resources: list[Resource], today: date) -> QuerySet[Mandate]:
    """Return mandates that run, held by people who stay and are not those who take over."""
    return (
        Mandate.objects.filter(
            resource__in=resources[2:],
            resource__leaves_on=None,
            status=Mandate.Status.ACTIVE,
            starts_on__lte=today,
            ends_on__gte=today,
        )
        .select_related("resource__person", "process__body")
        .order_by("pk")
    )


def _written(mandate: Mandate, coordinator: Person, successor: Resource, today: date) -> HandOver:
    handover = prepare_handover(mandate, actor=coordinator, today=today)
    people = [
        {"name": contact.name, "quality": contact.quality, "reach": REACH[rank % len(REACH)]}
        for rank, contact in enumerate(handover.contacts.all())
    ]
    return edit_handover(
        handover,
        actor=coordinator,
        today=today,
        version=handover.version,
        changes={"successor": successor, "sensitive": SENSITIVE},
        contacts=people,
        promises=[
            {"text": promise.text, "since": promise.since} for promise in handover.promises.all()
        ],
    )


def _read(handover: HandOver, today: date) -> None:
    give_handover(handover, actor=handover.prepared_by, today=today - timedelta(days=1))
    acknowledge_handover(handover, actor=_receiver(handover), today=today)


def _receiver(handover: HandOver) -> Person:
    assert handover.successor is not None  # noqa: S101 - `_written` chose one
    assert handover.successor.person is not None  # noqa: S101 - who has an account
    return handover.successor.person
