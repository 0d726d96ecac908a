from datetime import date

from jonction.governance.models import Body
from jonction.support.continuity import foreseen_of
from jonction.support.models import Leave, Waiver
from tests.answers import everyone, members, posts, reads, writes
from tests.factories import (
    TODAY,
    NeedFactory,
    TerritoryFactory,
)

NAMED = "writer member body alliance"  # they read names in the process
FOLLOW = f"{NAMED} observer"  # they read where it stands
FOLLOWING = reads(members("404", f"200 {FOLLOW}"))
PERIOD = {"starts_on": "2026-12-01", "ends_on": "2027-03-31"}
PLACE = {
    "level": "local",
    "stages": ["calls"],
    "dimensions": ["management"],
    "mode": "continuous",
    "quarters_per_week": "2",
    **PERIOD,
}
WAIVER = {
    "level": "local",
    "stage": "calls",
    "dimensions": ["operations"],
    "reason": "La municipalité s’en charge",
}
WEEK = {
    "form-TOTAL_FORMS": 1,
    "form-INITIAL_FORMS": 0,
    "form-0-text": "Aide au budget",
    "form-0-on": "2026-11-20",
    "form-0-quarters": "1h30",
    "form-0-stage": "planning",
}


def gesture(word, /, **fields):
    return {f"{word}-{name}": value for name, value in fields.items()}


def a_line(world):
    return {
        "text": "Aide au budget",
        "process": world.process.pk,
        "on": "2026-11-20",
        "quarters": "1h30",
        "stages": ["planning"],
        "dimensions": ["management"],
        "audience": "body",
    }


def a_need(world):
    return {
        **PLACE,
        "text": "Préparer l’appel",
        "process": world.process.pk,
        "urgency": "soon",
        "channel": "page",
    }


def a_mandate(world):
    return {**PLACE, "process": world.process.pk, "resource": world.mandate.resource.pk}


def a_snooze(world):
    return {"key": world.key, "until": "2026-12-14", "reason": "Une relève est en vue"}


def followed(post, body):
    """Return an address without page, in a process that only some people follow."""
    return posts(members("404", f"422 {FOLLOW}", post), body)


RESOURCE = {"name": "Jean Roy", "kind": "consultant"}
TABLE = {
    "accompagnement/": reads(everyone("done")),
    "accompagnement/couverture/": reads(members("200")),
    "accompagnement/couverture/<int:pk>/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/couverture/<int:pk>/export.<str:kind>": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/couverture/<int:pk>/dispense/": followed("done body alliance", WAIVER),
    "accompagnement/couverture/<int:pk>/image/<slug:name>/": FOLLOWING,
    "accompagnement/couverture/alliance/<int:pk>/": FOLLOWING,
    "accompagnement/couverture/alliance/<int:pk>/methode/": FOLLOWING,
    "accompagnement/couverture/alliance/<int:pk>/export.<str:kind>": FOLLOWING,
    "accompagnement/couverture/alliance/<int:pk>/image/<slug:name>/": FOLLOWING,
    "accompagnement/couverture/territoire/<int:pk>/": FOLLOWING,
    "accompagnement/couverture/territoire/<int:pk>/export.<str:kind>": FOLLOWING,
    "accompagnement/couverture/territoire/<int:pk>/image/<slug:name>/": FOLLOWING,
    "accompagnement/dispenses/<int:pk>/retirer/": posts(
        members("404", f"409 {FOLLOW}", "done body alliance")
    ),
    "accompagnement/continuite/<int:pk>/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/continuite/<int:pk>/fil/": reads(members("404", f"200 {FOLLOW}")),
    "accompagnement/continuite/<int:pk>/de-cote/": followed("done body alliance", a_snooze),
    "accompagnement/journal/": reads(members("200"), is_list=True),
    "accompagnement/journal/noter/": writes(members("200"), members("422", "done writer"), a_line),
    "accompagnement/journal/semaine/": reads(members("200")),
    # it shows what the sentences say, and writes nothing
    "accompagnement/journal/semaine/lire/": posts(
        members("200"), {"sentences": "vendredi 1h30 aide au budget"}
    ),
    "accompagnement/journal/semaine/noter/": posts(
        members("422", "done writer"), lambda world: {**WEEK, "form-0-process": world.process.pk}
    ),
    "accompagnement/journal/<int:pk>/corriger/": writes(
        members("404", "200 writer"), members("404", "done writer"), a_line
    ),
    "accompagnement/journal/<int:pk>/": reads(members("404", "200 writer body alliance")),
    "accompagnement/journal/<int:pk>/retirer/": posts(
        members("404", "409 body alliance", "done writer")
    ),
    "accompagnement/besoins/": reads(members("200"), is_list=True),
    "accompagnement/besoins/deposer/": writes(
        members("200"), members("422", f"done {NAMED} promoter"), a_need
    ),
    "accompagnement/besoins/<int:pk>/": reads(members("404", f"200 {NAMED}")),
    "accompagnement/besoins/<int:pk>/<slug:word>/": posts(
        members("404", f"422 {NAMED}", "done body alliance"),
        gesture("decliner", answer="Rien à offrir avant mars"),
    ),
    "accompagnement/mandats/": reads(members("200"), is_list=True),
    "accompagnement/mandats/proposer/": writes(
        members("200"), members("422", "done body alliance"), a_mandate
    ),
    "accompagnement/mandats/<int:pk>/": reads(members("404", f"200 {NAMED}")),
    "accompagnement/mandats/<int:pk>/<slug:word>/": posts(
        members("404", f"422 {NAMED}", "done writer body alliance"),
        gesture("terminer", on="2026-12-18", word="Autre poste"),
    ),
    "accompagnement/mandats/<int:pk>/prolonger/": writes(
        members("404", f"200 {NAMED}"),
        members("404", f"422 {NAMED}", "done body alliance"),
        {"until": "2027-09-30"},
    ),
    # whoever sits in the Alliance, otherwise than to look at it, reads who supports
    "accompagnement/ressources/": reads(members("200"), is_list=True),
    "accompagnement/ressources/ajouter/<int:alliance>/": writes(
        members("404", "200 alliance"), members("404", "done alliance"), RESOURCE
    ),
    "accompagnement/ressources/<int:pk>/": reads(
        members("404", f"200 {NAMED} reviewer finance elected")
    ),
    "accompagnement/ressources/<int:pk>/modifier/": writes(
        members("404", "200 writer alliance"),
        members("404", "done writer alliance"),
        {**RESOURCE, "version": 1},
    ),
    "accompagnement/ressources/<int:pk>/<slug:word>/": posts(
        members("404", f"422 {NAMED} reviewer finance elected", "done writer alliance"),
        gesture("absence", **PERIOD),
    ),
    "accompagnement/absences/<int:pk>/retirer/": posts(
        members("404", f"409 {NAMED} reviewer finance elected", "done writer alliance")
    ),
}


IMAGE = {"<slug:name>": "heures", "<str:kind>": "csv"}


def found(address, world):
    noun = address.split("/")[1]
    if "/alliance/<" in address:
        return {"<int:pk>": world.body.alliance_id, **IMAGE}
    if "/territoire/<" in address:
        return {"<int:pk>": territory_of(world.body).pk, **IMAGE}
    if "de-cote" in address:
        world.key = foreseen_of([world.process], today=TODAY)[0].breaking.key
    subjects = {
        "couverture": lambda: world.process,
        "continuite": lambda: world.process,
        "journal": lambda: world.line,
        "besoins": lambda: NeedFactory(process=world.process),
        "mandats": lambda: world.mandate,
        "ressources": lambda: world.mandate.resource,
        "absences": lambda: a_leave(world),
        "dispenses": lambda: a_waiver(world),
    }
    words = {
        "besoins": "decliner",
        "mandats": "terminer",
        "ressources": "absence",
    }
    return {
        **IMAGE,
        "<int:pk>": subjects[noun]().pk if noun else 0,
        "<slug:word>": words.get(noun, ""),
        "<int:alliance>": world.body.alliance_id,
    }


def territory_of(body):
    territory = TerritoryFactory(alliance=body.alliance)
    Body.objects.filter(pk=body.pk).update(territory=territory)
    return territory


def a_leave(world):
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 11)}
    return Leave.objects.create(resource=world.mandate.resource, **days)


def a_waiver(world):
    cell = {"level": "local", "stage": "calls", "dimension": "operations", "reason": "Rien à faire"}
    return Waiver.objects.create(process=world.process, said_by=world.people["body"], **cell)
