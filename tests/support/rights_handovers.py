from tests.answers import members, posts, reads, writes
from tests.factories import HandOverFactory

HANDED = {
    "version": 1,
    "gens-TOTAL_FORMS": 0,
    "gens-INITIAL_FORMS": 0,
    "promesses-TOTAL_FORMS": 0,
    "promesses-INITIAL_FORMS": 0,
}
TABLE = {
    "accompagnement/passations/": reads(members("200"), is_list=True),
    "accompagnement/passations/preparer/<int:mandate>/": posts(
        members("404", "409 member", "done writer body alliance")
    ),
    "accompagnement/passations/<int:pk>/": reads(members("404", "200 writer body alliance")),
    "accompagnement/passations/<int:pk>/ecrire/": writes(
        members("404", "409 body alliance", "200 writer"),
        members("404", "409 body alliance", "done writer"),
        HANDED,
    ),
    "accompagnement/passations/<int:pk>/dossier.<str:kind>": reads(
        members("404", "200 writer body alliance")
    ),
    "accompagnement/passations/<int:pk>/<slug:word>/": posts(
        members("404", "409 body alliance", "done writer")
    ),
}


def found(address, world):
    if "preparer" in address:
        return {"<int:mandate>": world.mandate.pk}
    handover = HandOverFactory(mandate=world.mandate)
    return {"<int:pk>": handover.pk, "<str:kind>": "docx", "<slug:word>": "abandonner"}
