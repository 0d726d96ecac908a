from tests.answers import members, posts, reads, writes
from tests.factories import DeadlineFactory, OrganisationFactory, SeatFactory
from tests.support.rights import FOLLOW, NAMED
from tests.support.test_forecast import a_forecast

TABLE = {
    "accompagnement/charge/": reads(members("200")),
    "accompagnement/charge/semaines/": reads(members("200")),
    "accompagnement/charge/organismes/<int:pk>/": reads(members("404", "200 alliance")),
    "accompagnement/charge/organismes/<int:pk>/semaines/": reads(members("404", "200 alliance")),
    "accompagnement/prevision/<int:pk>/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/prevision/<int:pk>/calculer/": posts(
        members("404", f"409 {FOLLOW}", f"done {NAMED}")
    ),
    "accompagnement/prevision/<int:pk>/export.<str:kind>": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/prevision/<int:pk>/image/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/prevision/<int:pk>/argument/": writes(
        members("404", f"200 {NAMED}"), members("404", f"422 {NAMED}"), {}
    ),
    "accompagnement/hypotheses/<int:pk>/": writes(
        members("404", "200 alliance"), members("404", "422 alliance"), {}
    ),
}


def found(address, world):
    noun = address.split("/")[1]
    if noun == "charge":
        seat = SeatFactory(body=world.body, role="member", organisation=OrganisationFactory())
        return {"<int:pk>": seat.organisation_id}
    if noun == "hypotheses":
        return {"<int:pk>": world.body.alliance_id}
    DeadlineFactory(process=world.process)
    a_forecast(world.process, draws=20)
    return {"<int:pk>": world.process.pk, "<str:kind>": "csv"}
