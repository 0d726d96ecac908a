from jonction.territories.models import Place
from tests.answers import everyone, form, members, reads, writes
from tests.factories import MembershipFactory, SeatFactory, TerritoryFactory, a_region

NAMED = {"name": "Table des partenaires", "level": "local", "version": 1}
THRESHOLDS = {
    "name": "Alliance",
    "lookahead_weeks": 12,
    "gap_weeks": 6,
    "tolerance_weeks": 2,
    "floor_quarters": 4,
    "floor_weeks": 8,
    "version": 1,
}
TODAY = "2026-11-23"
OPENED = {
    "plan_name": "Plan 2027-2032",
    "plan_from": "2027-04-01",
    "plan_to": "2032-03-31",
    "name": "Alliance des Battures",
    "body_name": "Comité régional",
    "coordinator_name": "Aline Roy",
    "coordinator_email": "aline@example.org",
}


def a_territory(world):
    return {"name": "La Mitis", "places": [world.mrc.pk], "version": 1}


def an_access(world):
    return {"email": world.people["person"].email, "role": "owner", "starts_on": TODAY}


TABLE = {
    "concertations/": reads(everyone("200"), is_list=True),
    # by whoever keeps the platform alone: see test_opening
    "concertations/ouvrir/": writes(members("409"), members("409"), OPENED),
    "concertations/<int:pk>/": reads(everyone("200")),
    "concertations/<int:pk>/carte/": reads(everyone("200")),
    "concertations/<int:pk>/modifier/": form("409", "alliance", THRESHOLDS),
    "concertations/<int:pk>/territoires/nouveau/": form("409", "alliance", a_territory),
    "concertations/territoires/<int:pk>/modifier/": form("409", "alliance", a_territory),
    "concertations/<int:pk>/instances/nouvelle/": form("409", "alliance", NAMED),
    "concertations/instances/<int:pk>/": reads(everyone("200")),
    "concertations/instances/<int:pk>/modifier/": form("409", "alliance", NAMED),
    "concertations/instances/<int:pk>/sieges/nouveau/": form(
        "409", "body alliance", {"new_name": "Jean Roy", "role": "member", "starts_on": TODAY}
    ),
    "concertations/sieges/<int:pk>/terminer/": writes(
        members("404", "200 body alliance", "409 member"),
        members("404", "done body alliance", "409 member"),
        {"on": TODAY},
    ),
    "concertations/organismes/": reads(members("200"), is_list=True),
    "concertations/organismes/nouveau/": form(
        "409", "body alliance", {"name": "Maison des familles", "version": 1}
    ),
    "concertations/organismes/<int:pk>/": reads(members("200")),
    "concertations/organismes/<int:pk>/modifier/": form(
        "409", "promoter alliance", {"name": "Maison des familles", "version": 1}
    ),
    "concertations/organismes/<int:pk>/acces/nouveau/": form("409", "alliance", an_access),
    "concertations/acces/<int:pk>/terminer/": writes(
        members("404", "409 promoter", "200 alliance"),
        members("404", "409 promoter", "done alliance"),
        {"on": TODAY},
    ),
    "concertations/territoire/<str:code>/": reads(everyone("200")),
}


def found(address, world):
    if "<str:code>" in address:
        return {"<str:code>": "R01"}
    mrc = Place(code="080", name="La Matanie", sort_key="la matanie", kind="mrc")
    world.mrc = Place.objects.add_child(a_region(), instance=mrc)
    things = {
        "territoires/<": lambda: TerritoryFactory(alliance=world.body.alliance),
        "instances/<": lambda: world.body,
        "sieges/<": lambda: SeatFactory(body=world.body),
        "organismes/<": lambda: world.organisation,
        "acces/<": lambda: MembershipFactory(organisation=world.organisation, role="reader"),
    }
    thing = next((make for part, make in things.items() if part in address), None)
    return {"<int:pk>": thing().pk if thing else world.body.alliance.pk}
