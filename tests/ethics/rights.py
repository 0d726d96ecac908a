from datetime import date

from jonction.ethics.models import Refusal, Tie
from tests.answers import members, posts, reads, writes
from tests.factories import TODAY


def a_tie(world):
    return {
        "alliance": world.body.alliance_id,
        "organisation": world.organisation.pk,
        "kind": "board",
        "starts_on": "2026-01-01",
    }


def a_refusal(world):
    return {"body": world.body.pk, "side": "person"}


# each speaks for herself; what is said is read by her and by the coordination alone
TABLE = {
    "ethique/": reads(members("200"), is_list=True),
    "ethique/liens/declarer/": writes(members("200"), members("done"), a_tie),
    "ethique/liens/<int:pk>/terminer/": posts(members("404", "done writer alliance")),
    "ethique/refus/dire/": writes(members("200"), members("done"), a_refusal),
    "ethique/refus/<int:pk>/retirer/": posts(members("404", "done writer alliance")),
}


def found(address, world):
    person = world.people["writer"]
    if "refus/<" in address:
        return {"<int:pk>": a_refusal_of(person, world).pk}
    tie = Tie.objects.create(
        person=person,
        organisation=world.organisation,
        alliance=world.body.alliance,
        kind="board",
        starts_on=date(2026, 1, 1),
        said_by=person,
    )
    return {"<int:pk>": tie.pk}


def a_refusal_of(person, world):
    facts = {"said_by": person, "said_on": TODAY}
    return Refusal.objects.create(person=person, body=world.body, side="person", **facts)
