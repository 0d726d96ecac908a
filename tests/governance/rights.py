from tests.factories import MembershipFactory, OrganisationFactory, SeatFactory, TerritoryFactory

EVERYBODY = [200] * 6
SIGNED_IN = [302, 200, 200, 200, 200, 200]
ALLIANCE = [302, 409, 409, 409, 200, 409]
COORDINATIONS = [302, 409, 409, 200, 200, 409]
TABLE = {
    "concertations/": EVERYBODY,
    "concertations/<int:pk>/": EVERYBODY,
    "concertations/<int:pk>/carte/": EVERYBODY,
    "concertations/<int:pk>/modifier/": ALLIANCE,
    "concertations/<int:pk>/territoires/nouveau/": ALLIANCE,
    "concertations/territoires/<int:pk>/modifier/": ALLIANCE,
    "concertations/<int:pk>/instances/nouvelle/": ALLIANCE,
    "concertations/instances/<int:pk>/": EVERYBODY,
    "concertations/instances/<int:pk>/modifier/": ALLIANCE,
    "concertations/instances/<int:pk>/sieges/nouveau/": COORDINATIONS,
    "concertations/sieges/<int:pk>/terminer/": [302, 404, 404, 200, 200, 404],
    "concertations/organismes/": SIGNED_IN,
    "concertations/organismes/nouveau/": COORDINATIONS,
    "concertations/organismes/<int:pk>/": SIGNED_IN,
    "concertations/organismes/<int:pk>/modifier/": ALLIANCE,
    "concertations/organismes/<int:pk>/acces/nouveau/": ALLIANCE,
    "concertations/acces/<int:pk>/terminer/": [302, 404, 404, 404, 200, 404],
    "concertations/territoire/<str:code>/": EVERYBODY,
}


def found(address, world):
    if "<str:code>" in address:
        return {"<str:code>": "R01"}
    things = {
        "territoires/<": lambda: TerritoryFactory(alliance=world.body.alliance),
        "instances/<": lambda: world.body,
        "sieges/<": lambda: SeatFactory(body=world.body),
        "organismes/<": OrganisationFactory,
        "acces/<": lambda: MembershipFactory(role="reader"),
    }
    thing = next((make for part, make in things.items() if part in address), None)
    return {"<int:pk>": thing().pk if thing else world.body.alliance.pk}
