from jonction.support.models import Filing
from tests.answers import members, posts, reads, writes
from tests.factories import RequirementFactory
from tests.support.rights import NAMED

ASKED = "accompagnement/exigences/<int:process>/<int:requirement>/<int:period>/"
TABLE = {
    "accompagnement/exigences/": reads(members("200")),
    ASKED: writes(
        members("404", f"200 {NAMED}"),
        members("404", "409 member", "done writer body alliance"),
        {"version": 0},
    ),
    f"{ASKED}document.<str:kind>": reads(members("404", f"200 {NAMED}")),
    f"{ASKED}<slug:word>/": posts(
        members("404", "409 member", "done writer body alliance"),
    ),
}


def found(address, world):
    return a_requirement(world, is_begun="<slug:word>" in address)


def a_requirement(world, *, is_begun):
    requirement = RequirementFactory(alliance=world.body.alliance, questions=[])
    if is_begun:
        Filing.objects.create(
            process=world.process, requirement=requirement, written_by=world.people["body"]
        )
    return {
        "<int:process>": world.process.pk,
        "<int:requirement>": requirement.pk,
        "<int:period>": 0,
        "<str:kind>": "docx",
        "<slug:word>": "prete",
    }
