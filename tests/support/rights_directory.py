from tests.answers import everyone, members, posts, reads, writes
from tests.factories import OrganisationFactory, ReleaseFactory
from tests.support.rights import PERIOD, gesture

DESCRIBED = {
    "version": 1,
    "competences-TOTAL_FORMS": 0,
    "competences-INITIAL_FORMS": 0,
    "affinites-TOTAL_FORMS": 0,
    "affinites-INITIAL_FORMS": 0,
}


def a_release(world):
    freed_by = OrganisationFactory().name
    return {**PERIOD, "organisation": freed_by, "addressee": "Mme Roy", "quarters_per_week": "7"}


TABLE = {
    "accompagnement/ressources/<int:pk>/competences/": writes(
        members("404", "200 writer alliance"), members("404", "done writer alliance"), DESCRIBED
    ),
    "accompagnement/repertoire/": reads(everyone("200"), is_list=True),
    # nobody agreed to be in it
    "accompagnement/repertoire/<int:pk>/": reads(everyone("404")),
    "accompagnement/liberations/": reads(members("200"), is_list=True),
    "accompagnement/liberations/demander/<int:resource>/": writes(
        members("404", "200 writer alliance"), members("404", "done writer alliance"), a_release
    ),
    "accompagnement/liberations/<int:pk>/": reads(members("404", "200 writer alliance")),
    "accompagnement/liberations/<int:pk>/lettre.<str:kind>": reads(
        members("404", "200 writer alliance")
    ),
    "accompagnement/liberations/<int:pk>/<slug:word>/": posts(
        members("404", "422 writer", "done alliance"), gesture("refuser", word="Poste gelé")
    ),
}


def found(address, world):
    resource = world.mandate.resource
    thing = ReleaseFactory(resource=resource) if "/liberations/<" in address else resource
    return {
        "<int:pk>": thing.pk,
        "<int:resource>": resource.pk,
        "<str:kind>": "docx",
        "<slug:word>": "refuser",
    }
