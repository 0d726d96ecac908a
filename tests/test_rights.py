"""Every address x every role, for reading and for writing. An address that no table knows fails.

Each area keeps its own tables in `tests/<area>/rights*.py`, as `tests/answers.py` reads it: `TABLE`
gives a line to each address, and `found(address, world)` the values that fill the address.
"""

import logging
import re
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.http import HttpResponse, StreamingHttpResponse

from jonction.territories.models import Place
from tests.answers import (
    RESERVED,
    ROLES,
    Line,
    Visits,
    addresses,
    differences,
    everyone,
    filled,
    members,
    outcome,
    reads,
    taken_back,
)
from tests.asking import HOW, WatchingMiddleware
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MandateFactory,
    MembershipFactory,
    NeedFactory,
    PersonFactory,
    SeatFactory,
)
from tests.holes import HOLES
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db

AREAS = {
    f"{path.parent.name}.{path.stem}": import_module(f"tests.{path.parent.name}.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("*/rights*.py"))
}
TABLE = {address: line for area in AREAS.values() for address, line in area.TABLE.items()}


def a_world():
    """Return one of each thing, in one Alliance, and the people of each role around it."""
    name, said, asked = RESERVED
    mandate = MandateFactory(resource__name=name)
    body = mandate.process.body
    table, analysis = (
        BodyFactory(alliance=body.alliance, level="regional"),
        BodyFactory(alliance=body.alliance, name="Comité d’analyse", level="regional"),
    )
    membership = MembershipFactory(role="writer", organisation__place=body.alliance.region)
    seats = {
        "member": SeatFactory(body=body, role="member"),
        "body": SeatFactory(body=body, role="coordinator"),
        "alliance": SeatFactory(body=table, role="coordinator"),
        "reviewer": SeatFactory(body=analysis, role="reviewer"),
        **{
            role: SeatFactory(body=table, role=role)
            for role in ("finance", "elected", "observer", "researcher")
        },
    }
    return SimpleNamespace(
        mandate=mandate,
        line=log(mandate, text=said),
        need=NeedFactory(process=mandate.process, text=asked),
        process=mandate.process,
        body=body,
        table=table,
        organisation=membership.organisation,
        people={
            "visitor": None,
            "person": PersonFactory(),
            "promoter": membership.person,
            "writer": mandate.resource.person,
            **{role: seat.person for role, seat in seats.items()},
            "admin": PersonFactory(),
        },
    )


@pytest.fixture
def world(caplog, settings):
    caplog.set_level(logging.ERROR, "django.request")  # refusals by hundreds are what is wanted
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.asking.WatchingMiddleware"]
    return a_world()


def test_every_address_has_its_line_in_a_table():
    assert addresses() == set(TABLE)


def test_every_line_says_what_reading_and_writing_answer():
    assert [address for address, line in TABLE.items() if not isinstance(line, Line)] == []


@pytest.mark.parametrize("area", AREAS)
def test_each_role_finds_what_the_table_says(area, world):
    visits = Visits(world.people)

    found = [
        sentence
        for address, line in AREAS[area].TABLE.items()
        for sentence in differences(address, line, AREAS[area], world, visits)
    ]

    assert found == [], "\n".join(found)


@pytest.mark.parametrize("area", AREAS)
def test_whoever_coordinates_another_alliance_finds_nothing_of_this_one(area, world):
    """No table has this role: it finds what anybody does, and what a list holds is its own."""
    region = Place.objects.add_root(
        instance=Place(code="R09", name="Côte-Nord", sort_key="cote nord", kind="region")
    )
    table = BodyFactory(alliance=AllianceFactory(region=region), level="regional")
    visits = Visits({"stranger": SeatFactory(body=table, role="coordinator").person})

    found = [
        sentence
        for address, line in AREAS[area].TABLE.items()
        for sentence in what_leaks(address, line, AREAS[area], world, visits)
    ]

    assert found == [], "\n".join(found)


def what_leaks(address, line, area, world, visits):
    found = []
    with taken_back():
        path = filled(address, area.found(address, world))
        body = line.body(world) if callable(line.body) else line.body
        for method, answers in (("get", line.get), ("post", line.post)):
            page, _written = visits("stranger", method, path, body)
            text, answered = page.whole.decode(errors="replace"), outcome(page)
            found += [f"{path}: it reads « {word} »" for word in RESERVED if word in text]
            is_of_this_one = "<" in address and not address.startswith("compte/")
            if is_of_this_one and answered != answers["person"]:
                found.append(f"{method.upper()} {path}: {answered}, for {answers['person']}")
    return found


def test_a_platform_administrator_finds_what_anybody_who_signs_in_finds():
    both = {
        address: [(answers["admin"], answers["person"]) for answers in (line.get, line.post)]
        for address, line in TABLE.items()
    }

    assert [a for a, answers in both.items() if any(x != y for x, y in answers)] == []


# --- the walk itself: it must see the holes of tests/holes.py -------------------------------


def seen(address, line, world):
    hole = SimpleNamespace(found=lambda _address, world: {"<int:pk>": world.need.pk})
    return differences(address, line, hole, world, Visits(world.people))


@pytest.mark.urls("tests.holes")
def test_the_walk_sees_an_address_that_no_table_knows():
    assert addresses() - set(TABLE) == set(HOLES)


@pytest.mark.urls("tests.holes")
def test_the_walk_sees_a_view_that_forgets_its_rule(world):
    path = f"/trou/montre/{world.need.pk}/"
    line = reads(members("404", "200 body alliance"))

    sentences = seen("trou/montre/<int:pk>/", line, world)

    assert f"GET {path} (admin): 200, the table says 404" in sentences
    assert f"POST {path} (promoter): 200, the table says 404" in sentences
    assert f"GET {path} (observer): it reads « {world.need.text} »" in sentences
    assert not any("(visitor)" in s or "(body)" in s or "(alliance)" in s for s in sentences)


@pytest.mark.urls("tests.holes")
def test_the_walk_sees_what_is_written_behind_a_refusal(world):
    path = f"/trou/ferme/{world.need.pk}/"

    sentences = seen("trou/ferme/<int:pk>/", reads(members("404")), world)

    assert len(sentences) == len(ROLES) - 1
    assert all(s.startswith(f"POST {path}") and "404, yet it wrote: UPDATE" in s for s in sentences)


@pytest.mark.urls("tests.holes")
def test_the_walk_sees_a_page_that_writes_while_it_is_read(world):
    sentences = seen("trou/lit/<int:pk>/", reads(everyone("200")), world)

    assert len(sentences) == 2 * len(ROLES)
    assert sentences[0].startswith(f"GET /trou/lit/{world.need.pk}/ (visitor): 200, yet it wrote")


@pytest.mark.urls("tests.holes")
def test_what_a_visit_writes_is_taken_back(world):
    seen("trou/ferme/<int:pk>/", reads(members("404")), world)

    world.need.refresh_from_db()
    assert world.need.answer == ""


# --- what answers a POST as a GET is asked once: the walk must know who could tell them apart ----


def looked(rf, look):
    """Say whether the walk notices what a view looks at."""

    def view(request):
        watching.process_view(request, view, (), {})
        look(request)
        return HttpResponse()

    watching, request = WatchingMiddleware(view), rf.get("/?vue=mois")
    watching(request)
    return request.looked


@pytest.mark.parametrize("name", sorted(HOW))
def test_the_walk_asks_again_whoever_looks_at_how_it_is_asked(rf, name):
    assert looked(rf, attrgetter(name))


def test_the_walk_does_not_ask_again_whoever_looks_only_for_what_is_asked(rf):
    assert not looked(rf, lambda request: (request.path, request.GET["vue"], request.headers))


def test_what_is_still_to_be_written_is_asked_again(rf):
    request = rf.get("/")

    WatchingMiddleware(lambda _request: StreamingHttpResponse([]))(request)

    assert request.looked


def test_of_all_templates_only_the_frame_looks_at_how_it_is_asked():
    """Their looks are left aside: that of the frame only says where to come back to."""
    frame = Path(apps.get_app_config("ui").path) / "templates/base.html"
    templates = frame.parents[2].glob("*/templates/**/*.*")
    looks = {path: re.findall(r"request\.(\w+)", path.read_text()) for path in templates}

    assert [path for path, names in looks.items() if HOW.intersection(names)] == [frame]
    assert HOW.intersection(looks[frame]) == {"method"}
