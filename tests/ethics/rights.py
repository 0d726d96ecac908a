from jonction.ethics.models import Refusal, Tie
from tests.answers import members, posts, reads, writes
from tests.factories import TODAY, OrganisationFactory


def a_tie_said(world):
    return {
        "alliance": world.body.alliance_id,
        "organisation": world.organisation.name,
        "kind": "board",
        "starts_on": "2026-11-01",
    }


STRANGERS = "409 person admin"
TABLE = {
    "ethique/": reads(members("200"), is_list=True),
    # whoever is party to the work of an Alliance declares her own
    "ethique/liens/declarer/": writes(
        members("200", STRANGERS), members("done", STRANGERS), a_tie_said
    ),
    "ethique/liens/<int:pk>/terminer/": posts(members("404", "done writer alliance")),
    "ethique/refus/dire/": writes(
        members("200", STRANGERS),
        members("done", STRANGERS),
        lambda world: {"body": world.body.pk, "side": "person"},
    ),
    "ethique/refus/<int:pk>/retirer/": posts(members("404", "done writer alliance")),
}


def found(address, world):
    writer = world.people["writer"]
    if "liens/<" in address:
        tie = Tie.objects.create(
            alliance=world.body.alliance,
            person=writer,
            organisation=OrganisationFactory(),
            kind="board",
            starts_on=TODAY,
            said_by=writer,
        )
        return {"<int:pk>": tie.pk}
    if "refus/<" in address:
        refusal = Refusal.objects.create(
            person=writer, body=world.body, side="person", said_by=writer, said_on=TODAY
        )
        return {"<int:pk>": refusal.pk}
    return {}
