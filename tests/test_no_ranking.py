"""Nobody is ranked: no list, export or page puts named people in the order of their hours.

The unit of protection is a person's own load; the unit of equity is a territory, a body, a size of
promoter. A list of lines of work may be sorted by their duration; a list of people may not.
"""

import re
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from typing import get_origin

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver

import jonction
from jonction.accounts.models import Person
from jonction.core.lists.listing import Listing
from jonction.governance.models import Organisation
from jonction.imports.models import Match
from jonction.support.models import (
    Capacity,
    HandOver,
    Mandate,
    MatchingRound,
    Need,
    ReleaseAgreement,
    Resource,
)
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    PersonFactory,
    SeatFactory,
)
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db
# lists whose rows are people: what they are sorted by is looked at
PEOPLE = (Person, Resource)
HOURS = re.compile(
    r"quarter|hour|heure|dur[ée]e|load|charge|minute|total|sum|count|nombre|excess|parts",
    re.IGNORECASE,
)
# what the rows of a list are, when the list is given them; a new list takes its place here
ROWS = {
    "needs": Need,
    "mandates": Mandate,
    "resources": Resource,
    "handovers": HandOver,
    "releases": ReleaseAgreement,
    "directory": Resource,
    "organisations": Organisation,
    "names": Match,
    "rounds": MatchingRound,
}
HOUSE = Path(jonction.__file__).parent
LISTS = [
    *HOUSE.glob("*/lists.py"),
    *(p for p in HOUSE.glob("*/lists/*.py") if "core" not in p.parts),
]


def listings(person):
    """Return every list of the house, as that person would open it."""
    request = RequestFactory().get("/")
    request.user = person
    for path in LISTS:
        area = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        module = import_module(area)
        for name, make in getmembers(module, isfunction):
            if make.__module__ != area or name.startswith("_"):
                continue
            if signature(make, eval_str=True).return_annotation is Listing:
                yield f"{area}.{name}", make(*_arguments(name, make, request))


def rows_of(name):
    assert name in ROWS, f"say in ROWS of what the list {name} is made"
    return ROWS[name].objects.all()


def _arguments(name, make, request):
    """Fill what a list asks: the request, a day, the rows that it shows, words."""
    made = {
        "request": lambda: request,
        date: lambda: TODAY,
        QuerySet: lambda: rows_of(name),
        Mapping: dict,
        str: lambda: "",
        Person: lambda: request.user,
    }
    asked = [
        parameter.name
        if parameter.name in made
        else get_origin(parameter.annotation) or parameter.annotation
        for parameter in signature(make, eval_str=True).parameters.values()
    ]
    unknown = [what for what in asked if what not in made]
    assert not unknown, f"say here what the list {name} is given: {unknown}"
    return [made[what]() for what in asked]


def test_every_list_of_the_house_is_looked_at():
    assert {name for name, _listing in listings(PersonFactory())} >= {
        "jonction.support.lists.journal",
        "jonction.support.lists.mandates",
        "jonction.support.lists.needs",
        "jonction.support.lists.resources",
    }


def test_no_list_of_people_is_sorted_by_hours_nor_shows_them():
    for name, listing in listings(PersonFactory()):
        if listing.queryset.model not in PEOPLE:
            continue
        sorts = [column.sort for column in listing.columns if column.sort]
        shown = [str(column.label) for column in listing.columns]
        said = [*sorts, *listing.order, *shown]
        assert [word for word in said if HOURS.search(word)] == [], name


def test_no_list_that_names_who_supports_is_ordered_by_hours_until_asked():
    for name, listing in listings(PersonFactory()):
        assert [path for path in listing.order if HOURS.search(path)] == [], name


def test_mandates_are_never_sorted_by_their_hours():
    [mandates] = [made for name, made in listings(PersonFactory()) if name.endswith(".mandates")]

    assert [c.name for c in mandates.columns if c.sort and HOURS.search(c.sort)] == []


def test_no_model_of_people_is_ordered_by_hours():
    for model in apps.get_models():
        ordering = [str(path) for path in model._meta.ordering]
        if any(f.related_model in PEOPLE for f in model._meta.fields) or model in PEOPLE:
            assert [path for path in ordering if HOURS.search(path)] == [], model


def addresses(patterns, prefix=""):
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif here.startswith("accompagnement/"):
            yield "/" + here


# in the order of their names, which is neither that of their hours nor the opposite one
TEAM = {"Alix Aubé": 20, "Bruno Bédard": 60, "Chloé Côté": 4}


def a_team(table):
    """Make people who support, with their hours."""
    for name, quarters in TEAM.items():
        mandate = MandateFactory(
            process__body__alliance=table.alliance,
            resource__name=name,
            resource__person__name=name,
            quarters_per_week=quarters,
        )
        log(mandate, quarters=quarters, text=f"Rencontre {quarters}")
        Capacity.objects.create(
            resource=mandate.resource,
            quarters_per_week=1,
            starts_on=date(2026, 1, 1),
            ends_on=date(2028, 1, 1),
        )


@pytest.mark.parametrize("descends", ["", "-"])
def test_the_page_of_load_keeps_names_in_order_whatever_is_asked(client, descends):
    table = BodyFactory(level="regional")
    a_team(table)
    coordinator = SeatFactory(body=table, role="coordinator").person
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[0])

    page = client.get(f"/accompagnement/charge/?tri={descends}heures")

    places = [page.text.index(name) for name in TEAM]
    assert places == sorted(places)


def test_the_files_of_the_load_name_nobody(client):
    table = BodyFactory(level="regional")
    a_team(table)
    coordinator = SeatFactory(body=table, role="coordinator").person
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[0])

    for kind in ("csv", "svg"):
        said = client.get(f"/accompagnement/charge/semaines/?forme={kind}").content.decode()
        assert "Aubé" not in said
        assert "Côté" not in said


def test_no_export_of_support_totals_hours_by_person(client):
    """Each line of an export is one thing: a name never stands beside a sum of its hours."""
    table = BodyFactory(level="regional")
    a_team(table)
    log(next(iter(Resource.objects.get(name="Bruno Bédard").mandates.all())), quarters=3)
    coordinator = SeatFactory(body=table, role="coordinator").person
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[0])

    seen = 0
    for address in addresses(get_resolver().url_patterns):
        if "<" in address:
            continue
        page = client.get(address, {"format": "csv"})
        if not page.headers.get("Content-Type", "").startswith("text/csv"):
            continue
        seen += 1
        lines = b"".join(page).decode("utf-8-sig").splitlines()
        headers = lines[0].split(";")
        assert [h for h in headers if re.search("total|somme|rang", h, re.IGNORECASE)] == [], (
            address
        )
        # 63 quarter hours of Bruno together: 15.75 h, written nowhere
        assert not any("Bruno" in line and re.search(r"\b15,75\b", line) for line in lines), address
    assert seen >= 4


def test_no_page_and_no_file_of_support_puts_people_in_the_order_of_their_hours(client):
    """Every address of support, of the Alliance or of a process, whatever its form."""
    table = BodyFactory(level="regional")
    a_team(table)
    process = Mandate.objects.first().process
    for resource in Resource.objects.all():  # all around one process, so that one page names them
        MandateFactory(
            resource=resource,
            process=process,
            quarters_per_week=TEAM[resource.name],
            stages=["review"],
        )
    coordinator = SeatFactory(body=table, role="coordinator").person
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[0])
    by_hours = sorted(TEAM, key=TEAM.__getitem__)

    naming = []
    for address in addresses(get_resolver().url_patterns):
        for pk in (table.alliance_id, process.pk) if "<int:pk>" in address else (0,):
            path = address.replace("<int:pk>", str(pk)).replace("<str:kind>", "csv")
            if "<" in path:
                continue
            page = client.get(path)
            said = b"".join(page).decode(errors="ignore") if page.status_code == 200 else ""
            if all(name in said for name in TEAM):
                naming.append(address)
                assert sorted(TEAM, key=said.index) not in (by_hours, by_hours[::-1]), path
    assert len(set(naming)) >= 5
