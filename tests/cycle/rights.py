from datetime import date

from jonction.core.taxonomy import Stage
from jonction.cycle.models import Process
from jonction.governance.models import Plan
from tests.answers import everyone, form, members, posts, reads
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    DeadlineFactory,
    MilestoneFactory,
    PlanFactory,
    RequirementFactory,
    SeatFactory,
    WindowFactory,
)

STEERS = "body alliance"
SIX = {f"{kind}_{side}": f"2027-0{rank}-{day}"
       for rank, kind in enumerate(Stage.values, 1)
       for side, day in (("from", "01"), ("to", "28"))}  # fmt: skip
DAY = {"on": "2026-11-23"}
MILESTONE = {"name": "Forum", "on": "2026-12-09", "kind": "milestone", "version": 1}
DEADLINE = {
    "name": "Dépôt",
    "day": "2026-12-09",
    "clock": "16:00",
    "force": "hard",
    "version": 1,
}
WINDOW = {
    "gesture": "support.raise_need",
    "opens_on": "2026-12-01",
    "opens_at": "08:00",
    "closes_on": "2026-12-20",
    "closes_at": "16:00",
    "version": 1,
}
REQUIREMENT = {
    "name": "Plan d’action local",
    "document": "Plan",
    "stage": "planning",
    "official_text": "Le plan précise les actions.",
    "plain_text": "Dites ce que vous ferez.",
    "anchor": "stage_end",
    "offset_days": -10,
    "version": 1,
    "questions-TOTAL_FORMS": 0,
    "questions-INITIAL_FORMS": 0,
}
REMOVED = posts(members("409", f"done {STEERS}"))
TABLE = {
    "demarches/": reads(everyone("200"), is_list=True),
    "demarches/<int:pk>/": reads(everyone("200")),
    "demarches/<int:pk>/calendrier.ics": reads(everyone("200")),
    "demarches/<int:pk>/fil/": reads(everyone("200")),
    "demarches/instances/<int:pk>/ouvrir/": form("409", "alliance", {"name": "Démarche"}),
    "demarches/<int:pk>/etapes/": form("409", STEERS, {**SIX, "version": 1}),
    "demarches/etapes/<int:pk>/commencer/": form("409", STEERS, DAY),
    "demarches/etapes/<int:pk>/terminer/": form("409", STEERS, DAY),
    "demarches/<int:pk>/jalons/nouveau/": form("409", STEERS, MILESTONE),
    "demarches/jalons/<int:pk>/modifier/": form("409", STEERS, MILESTONE),
    "demarches/jalons/<int:pk>/retirer/": REMOVED,
    "demarches/<int:pk>/echeances/nouvelle/": form("409", STEERS, DEADLINE),
    "demarches/echeances/<int:pk>/modifier/": form("409", STEERS, DEADLINE),
    "demarches/echeances/<int:pk>/retirer/": REMOVED,
    # the body must be coordinated under the new plan too: only its coordinator is, here
    "demarches/<int:pk>/transition/": form(
        "409", STEERS, lambda world: {"alliance": world.following.pk}
    ),
    "demarches/<int:pk>/fermer/": REMOVED,
    "demarches/alliances/<int:pk>/fenetres/": reads(everyone("200")),
    "demarches/alliances/<int:pk>/fenetres/nouvelle/": form("409", "alliance", WINDOW),
    "demarches/alliances/<int:pk>/exigences/": reads(everyone("200")),
    "demarches/alliances/<int:pk>/exigences/nouvelle/": form("409", "alliance", REQUIREMENT),
    "demarches/alliances/<int:pk>/exigences/reprendre/": posts(
        members("409", "done alliance"), lambda world: {"source": world.elsewhere.pk}
    ),
    "demarches/exigences/<int:pk>/modifier/": form("409", "alliance", REQUIREMENT),
    "demarches/exigences/<int:pk>/retirer/": posts(members("409", "done alliance")),
    "demarches/fenetres/<int:pk>/modifier/": form("409", "alliance", WINDOW),
    "demarches/fenetres/<int:pk>/retirer/": posts(members("409", "done alliance")),
}


def found(address, world):
    alliance, process = world.body.alliance, world.process
    things = {
        "instances/<": lambda: world.table,
        "reprendre": lambda: beside_another(world),
        "alliances/<": lambda: alliance,
        "etapes/<": lambda: a_stage(process, is_begun="terminer" in address),
        "jalons/<": lambda: MilestoneFactory(process=process),
        "echeances/<": lambda: DeadlineFactory(process=process),
        "exigences/<": lambda: RequirementFactory(alliance=alliance),
        "fenetres/<": lambda: WindowFactory(alliance=alliance),
        "transition": lambda: a_finished_plan(world),
        "fermer": lambda: in_transition(process),
    }
    thing = next((make for part, make in things.items() if part in address), lambda: process)
    return {"<int:pk>": thing().pk}


def beside_another(world):
    world.elsewhere = RequirementFactory().alliance
    return world.body.alliance


def a_stage(process, *, is_begun):
    stage = process.stages.first()
    if is_begun:
        stage.real_from = date(2026, 4, 1)
        stage.save()
    return stage


def a_finished_plan(world):
    """End the plan of the process: its body works on, under the next one, with the same people."""
    Plan.objects.filter(pk=world.body.alliance.plan_id).update(
        starts_on=date(2017, 12, 10), ends_on=date(2024, 3, 31)
    )
    world.following = AllianceFactory(plan=PlanFactory())
    same = BodyFactory(alliance=world.following, name=world.body.name)
    for role in ("body", "alliance"):
        SeatFactory(body=same, person=world.people[role], role="coordinator")
    return world.process


def in_transition(process):
    Process.objects.filter(pk=process.pk).update(status=Process.Status.TRANSITION)
    return process
