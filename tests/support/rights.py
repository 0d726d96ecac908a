from tests.factories import NeedFactory, TerritoryFactory

TABLE = {
    "accompagnement/couverture/": [302, 200, 200, 200, 200, 200],
    "accompagnement/couverture/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/couverture/<int:pk>/export.<str:kind>": [302, 404, 200, 200, 200, 200],
    "accompagnement/couverture/<int:pk>/dispense/": [302, 405, 405, 405, 405, 405],
    "accompagnement/couverture/alliance/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/couverture/territoire/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/dispenses/<int:pk>/retirer/": [302, 405, 405, 405, 405, 405],
    "accompagnement/continuite/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/continuite/<int:pk>/fil/": [302, 404, 200, 200, 200, 200],
    "accompagnement/continuite/<int:pk>/de-cote/": [302, 405, 405, 405, 405, 405],
    "accompagnement/journal/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/noter/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/semaine/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/semaine/lire/": [302, 405, 405, 405, 405, 405],
    "accompagnement/journal/semaine/noter/": [302, 405, 405, 405, 405, 405],
    "accompagnement/journal/terrain/": [302, 200, 200, 200, 200, 200],
    # what a phone keeps holds nobody's content: it is asked without a cookie
    "accompagnement/journal/terrain/hors-reseau/": [200] * 6,
    "accompagnement/journal/terrain/agent.js": [200] * 6,
    "accompagnement/journal/terrain/application.webmanifest": [200] * 6,
    "accompagnement/journal/terrain/depart/": [200] * 6,
    "accompagnement/journal/terrain/envoi/": [405] * 6,
    "accompagnement/journal/<int:pk>/corriger/": [302, 404, 200, 404, 404, 404],
    "accompagnement/journal/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/journal/<int:pk>/retirer/": [302, 405, 405, 405, 405, 405],
    "accompagnement/besoins/": [302, 200, 200, 200, 200, 200],
    "accompagnement/besoins/deposer/": [302, 200, 200, 200, 200, 200],
    "accompagnement/besoins/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/besoins/<int:pk>/<slug:word>/": [302, 405, 405, 405, 405, 405],
    "accompagnement/mandats/": [302, 200, 200, 200, 200, 200],
    "accompagnement/mandats/proposer/": [302, 200, 200, 200, 200, 200],
    "accompagnement/mandats/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/mandats/<int:pk>/<slug:word>/": [302, 405, 405, 405, 405, 405],
    "accompagnement/ressources/": [302, 200, 200, 200, 200, 200],
    "accompagnement/ressources/ajouter/<int:alliance>/": [302, 404, 404, 404, 200, 404],
    "accompagnement/ressources/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/ressources/<int:pk>/modifier/": [302, 404, 200, 404, 200, 404],
    "accompagnement/ressources/<int:pk>/<slug:word>/": [302, 405, 405, 405, 405, 405],
    "accompagnement/absences/<int:pk>/retirer/": [302, 405, 405, 405, 405, 405],
}


def territory_of(body):
    body.territory = TerritoryFactory(alliance=body.alliance)
    body.save()
    return body.territory


def found(address, world):
    noun = address.split("/")[1]
    wholes = {"alliance": world.body.alliance_id, "territoire": territory_of(world.body).pk}
    if whole := next((pk for word, pk in wholes.items() if f"/{word}/<" in address), None):
        return {"<int:pk>": whole}
    subjects = {
        "couverture": world.process,
        "journal": world.line,
        "besoins": NeedFactory(process=world.process),
        "mandats": world.mandate,
        "ressources": world.mandate.resource,
        "absences": world.process,
        "dispenses": world.process,
        "continuite": world.process,
    }
    return {
        "<int:pk>": subjects[noun].pk,
        "<slug:word>": "terminer",
        "<str:kind>": "csv",
        "<int:alliance>": world.body.alliance_id,
    }
