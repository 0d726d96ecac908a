from jonction.support.actions.round import launch_round
from jonction.support.jobs import compute_round
from jonction.support.models import Capacity, MatchingRound
from tests.answers import form, members, posts, reads, writes
from tests.factories import TODAY

ONLY = members("404", "200 alliance")
DONE = members("404", "done alliance")
ROUND = {
    "which": "all",
    "since": "2026-11-23",
    "until": "2027-11-23",
    "skills": 4,
    "travel": 2,
    "affinity": 4,
    "continuity": 4,
    "team": 2,
}
CHANGED = {"quarters_per_week": "1", "starts_on": "2026-12-01", "ends_on": "2027-03-31"}


def another_choice(world):
    return {**CHANGED, "resource": world.mandate.resource.pk}


TABLE = {
    "accompagnement/jumelage/": reads(members("200"), is_list=True),
    "accompagnement/jumelage/lancer/<int:pk>/": form("404", "alliance", ROUND),
    "accompagnement/jumelage/trajets/<int:pk>/": writes(ONLY, members("404", "422 alliance"), {}),
    "accompagnement/jumelage/trajets/<int:pk>/export.<str:kind>": reads(ONLY),
    "accompagnement/jumelage/<int:pk>/": reads(ONLY),
    "accompagnement/jumelage/<int:pk>/export.<str:kind>": reads(ONLY),
    "accompagnement/jumelage/<int:pk>/image/": reads(ONLY),
    "accompagnement/jumelage/<int:pk>/territoires/<int:territory>/adopter/": posts(DONE),
    "accompagnement/jumelage/<int:pk>/<slug:word>/": posts(DONE),
    "accompagnement/jumelage/propositions/<int:pk>/": reads(ONLY),
    "accompagnement/jumelage/propositions/<int:pk>/changer/": form(
        "404", "alliance", another_choice
    ),
    "accompagnement/jumelage/propositions/<int:pk>/<slug:word>/": posts(DONE),
}


def found(address, world):
    if "lancer" in address or "trajets" in address:
        return {"<int:pk>": world.body.alliance_id, "<str:kind>": "csv"}
    asked = a_round_of(world)
    if "propositions" in address:
        return {"<int:pk>": asked.proposals.get().pk, "<slug:word>": "adopter"}
    return {
        "<int:pk>": asked.pk,
        "<int:territory>": 0,
        "<str:kind>": "csv",
        "<slug:word>": "fermer",
    }


def a_round_of(world):
    Capacity.objects.create(
        resource=world.mandate.resource,
        quarters_per_week=60,
        starts_on=world.need.starts_on,
        ends_on=world.need.ends_on,
    )
    coordinator = world.people["alliance"]
    dates = {"since": TODAY, "until": world.need.ends_on}
    asked = launch_round(world.body.alliance, actor=coordinator, today=TODAY, **dates)
    compute_round.func(asked.pk)
    return MatchingRound.objects.get(pk=asked.pk)
