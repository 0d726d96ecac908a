from tests.factories import DeadlineFactory, NeedFactory, OrganisationFactory, TerritoryFactory
from tests.support.test_forecast import a_forecast

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
    "accompagnement/charge/": [302, 200, 200, 200, 200, 200],
    "accompagnement/charge/semaines/": [302, 200, 200, 200, 200, 200],
    "accompagnement/charge/organismes/<int:pk>/": [302, 404, 404, 404, 200, 404],
    "accompagnement/charge/organismes/<int:pk>/semaines/": [302, 404, 404, 404, 200, 404],
    "accompagnement/prevision/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/prevision/<int:pk>/calculer/": [302, 405, 405, 405, 405, 405],
    "accompagnement/prevision/<int:pk>/image/": [302, 404, 200, 200, 200, 200],
    "accompagnement/prevision/<int:pk>/argument/": [302, 404, 200, 200, 200, 404],
    "accompagnement/hypotheses/<int:pk>/": [302, 404, 404, 404, 200, 404],
    "accompagnement/journal/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/noter/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/semaine/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/semaine/lire/": [302, 405, 405, 405, 405, 405],
    "accompagnement/journal/semaine/noter/": [302, 405, 405, 405, 405, 405],
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
    if noun == "charge":
        return {"<int:pk>": OrganisationFactory().pk}
    if noun == "hypotheses":
        return {"<int:pk>": world.body.alliance_id}
    if noun == "prevision":
        DeadlineFactory(process=world.process)
        a_forecast(world.process, draws=20)
    subjects = {
        "prevision": world.process,
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
