"""A matching round ready to be asked, computed and decided."""

from datetime import date

from jonction.support.actions.round import (
    launch_round,
)
from jonction.support.jobs import compute_round
from jonction.support.models import (
    Capacity,
    MatchingRound,
)
from tests.factories import (
    TODAY,
    AllianceFactory,
    BodyFactory,
    NeedFactory,
    ProcessFactory,
    ResourceFactory,
    SeatFactory,
    TerritoryFactory,
)

FIRST, LAST = date(2026, 12, 1), date(2027, 3, 31)  # the dates of the needs of the factory


def coordinator_of(alliance):
    table = BodyFactory(alliance=alliance, level="regional")
    return SeatFactory(body=table, role="coordinator").person


def a_giver(alliance, quarters=40, **facts):
    """Return a resource with that many quarter hours a week to give, all year."""
    resource = ResourceFactory(alliance=alliance, **facts)
    Capacity.objects.create(
        resource=resource,
        quarters_per_week=quarters,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    return resource


def a_need(alliance, territory="La Mitis", **facts):
    found = alliance.territories.filter(name=territory).first()
    place = found or TerritoryFactory(alliance=alliance, name=territory)
    process = ProcessFactory(body=BodyFactory(alliance=alliance, territory=place))
    return NeedFactory(process=process, **facts)


def asked_of(alliance, actor=None, **facts):
    facts = {"since": TODAY, "until": date(2027, 12, 31), **facts}
    actor = actor or coordinator_of(alliance)
    return launch_round(alliance, actor=actor, today=TODAY, **facts)


def computed(asked):
    compute_round.func(asked.pk)
    return MatchingRound.objects.get(pk=asked.pk)


def a_round(needs=1, quarters=40):
    """Return a round already proposed, with its coordinator."""
    alliance = AllianceFactory()
    for _ in range(needs):
        a_need(alliance)
    a_giver(alliance, quarters)
    coordinator = coordinator_of(alliance)
    return computed(asked_of(alliance, coordinator)), coordinator
