from tests.factories import DeadlineFactory, MilestoneFactory, WindowFactory

EVERYBODY = [200] * 6
STEERING = [302, 409, 409, 200, 200, 409]
ALLIANCE = [302, 409, 409, 409, 200, 409]
POST_ONLY = [302, 405, 405, 405, 405, 405]
TABLE = {
    "demarches/": EVERYBODY,
    "demarches/<int:pk>/": EVERYBODY,
    "demarches/<int:pk>/calendrier.ics": EVERYBODY,
    "demarches/<int:pk>/fil/": EVERYBODY,
    "demarches/instances/<int:pk>/ouvrir/": [302, 409, 409, 409, 200, 409],
    "demarches/<int:pk>/etapes/": STEERING,
    "demarches/etapes/<int:pk>/commencer/": STEERING,
    "demarches/etapes/<int:pk>/terminer/": [302, 409, 409, 409, 409, 409],
    "demarches/<int:pk>/jalons/nouveau/": STEERING,
    "demarches/jalons/<int:pk>/modifier/": STEERING,
    "demarches/jalons/<int:pk>/retirer/": POST_ONLY,
    "demarches/<int:pk>/echeances/nouvelle/": STEERING,
    "demarches/echeances/<int:pk>/modifier/": STEERING,
    "demarches/echeances/<int:pk>/retirer/": POST_ONLY,
    "demarches/<int:pk>/transition/": [302, 409, 409, 409, 409, 409],
    "demarches/<int:pk>/fermer/": POST_ONLY,
    "demarches/alliances/<int:pk>/fenetres/": EVERYBODY,
    "demarches/alliances/<int:pk>/fenetres/nouvelle/": ALLIANCE,
    "demarches/fenetres/<int:pk>/modifier/": ALLIANCE,
    "demarches/fenetres/<int:pk>/retirer/": POST_ONLY,
}


def found(address, world):
    alliance, process = world.body.alliance, world.process
    things = {
        "instances/<": lambda: world.table,
        "alliances/<": lambda: alliance,
        "etapes/<": process.stages.first,
        "jalons/<": lambda: MilestoneFactory(process=process),
        "echeances/<": lambda: DeadlineFactory(process=process),
        "fenetres/<": lambda: WindowFactory(alliance=alliance),
    }
    thing = next((make for part, make in things.items() if part in address), lambda: process)
    return {"<int:pk>": thing().pk}
