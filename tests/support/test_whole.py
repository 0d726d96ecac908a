"""Coverage over an Alliance or a territory: the worst first, the way to each process, the files."""

from collections import Counter
from datetime import date
from io import BytesIO

import pytest

from jonction.core.tables.reading import open_table
from jonction.support.coverage import coverage_of
from jonction.support.models import Intervention
from jonction.support.pictures import counts_in_words, map_of_coverage
from jonction.support.worst import rows_of, worst_of
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    MilestoneFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
)
from tests.support.test_actions import log
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

WHOLE = "/accompagnement/couverture/alliance/{}/"
CELL = {"etape": "planning", "dimension": "governance", "date": "2026-11-20"}


def an_alliance(count=1):
    """Return the coordinator and mandates of as many territories; the last process has nobody."""
    regional = BodyFactory(level="regional")
    mandates = []
    for rank in range(count):
        territory = TerritoryFactory(alliance=regional.alliance, name=f"Territoire {rank:02d}")
        body = BodyFactory(alliance=regional.alliance, territory=territory)
        mandates.append(MandateFactory(process__body=body, process__name=f"Démarche {rank:02d}"))
        log(mandates[-1])
    empty = BodyFactory(
        alliance=regional.alliance,
        territory=TerritoryFactory(alliance=regional.alliance, name="Vide"),
    )
    ProcessFactory(body=empty, name="Démarche sans personne")
    return SeatFactory(body=regional, role="coordinator").person, mandates


def whole_of(mandate):
    return WHOLE.format(mandate.process.body.alliance_id)


def lines(page, kind="csv"):
    table = open_table(BytesIO(b"".join(page.streaming_content)), f"grille.{kind}")
    return [row.values for row in table.rows]


def test_the_process_that_lacks_most_comes_first(client):
    coordinator, [mandate] = an_alliance()

    page = signed_in(client, coordinator).get(whole_of(mandate))

    names = [row.process.name for row in page.context["rows"]]
    assert names == ["Démarche sans personne", "Démarche 00"]
    assert page.text.index("Démarche sans personne") < page.text.index("Démarche 00")
    assert "cases sans personne" in page.text


def test_only_processes_with_holes_are_named_first():
    _, [mandate] = an_alliance()
    processes = [mandate.process, ProcessFactory(body=mandate.process.body)]

    rows = rows_of(coverage_of(processes, None, on=TODAY), TODAY)

    assert [row.process for row in worst_of(rows)] == [
        row.process for row in rows if row.tally["hole"]
    ]
    assert all(len(row.statuses) == 24 for row in rows)


def test_a_cell_of_the_whole_opens_its_processes_with_why_and_keeps_the_date(client):
    coordinator, [mandate] = an_alliance()

    page = signed_in(client, coordinator).get(whole_of(mandate), CELL)

    detail = page.text[page.text.index('id="detail"') :]
    asked = "?niveau=local&amp;date=2026-11-20&amp;etape=planning&amp;dimension=governance#detail"
    assert detail.index("Démarche sans personne") < detail.index("Démarche 00")
    assert "Une seule personne tient tout" in detail
    assert f'href="/accompagnement/couverture/{mandate.process.pk}/{asked}"' in detail


def test_the_date_chosen_goes_with_every_link_to_coverage(client):
    coordinator, [mandate] = an_alliance()
    signed_in(client, coordinator)

    for path in ("/accompagnement/couverture/", whole_of(mandate)):
        page = client.get(path, {"date": "2026-10-01"}).text
        links = [part.split('"')[0] for part in page.split('href="/accompagnement/couverture/')[1:]]
        inside = [link for link in links if link]  # the first one is the entry of the menu
        assert inside
        undated = [link for link in inside if "date=2026-10-01" not in link]
        assert [link for link in undated if "methode" not in link] == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_whole_leaves_as_one_sheet_of_what_one_follows(client, kind):
    coordinator, [mandate] = an_alliance()
    member = SeatFactory(body=mandate.process.body, role="member").person

    everything = signed_in(client, coordinator).get(whole_of(mandate) + f"export.{kind}")
    mine = signed_in(client, member).get(whole_of(mandate) + f"export.{kind}")

    assert len(lines(everything, kind)) == 48
    assert {row[0] for row in lines(mine, kind)} == {"Démarche 00"}


def test_a_territory_leaves_as_a_sheet_too(client):
    coordinator, [mandate] = an_alliance()
    territory = mandate.process.body.territory_id

    page = signed_in(client, coordinator).get(
        f"/accompagnement/couverture/territoire/{territory}/export.csv"
    )

    assert len(lines(page)) == 24


@pytest.mark.parametrize("name", ["carte", "heures"])
@pytest.mark.parametrize(
    ("form", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")]
)
def test_the_pictures_of_the_whole_leave_as_files(client, name, form, start):
    coordinator, [mandate] = an_alliance()

    page = signed_in(client, coordinator).get(
        f"{whole_of(mandate)}image/{name}/", {"forme": form, "niveau": "local"}
    )

    assert page.content.startswith(start)


@pytest.mark.parametrize("name", ["grille", "heures"])
def test_the_pictures_of_a_process_leave_as_files(client, name):
    coordinator, [mandate] = an_alliance()

    page = signed_in(client, coordinator).get(
        f"/accompagnement/couverture/{mandate.process.pk}/image/{name}/", {"forme": "csv"}
    )

    assert "Plan d’action" in page.content.decode()


def test_a_picture_that_does_not_exist_is_not_found(client):
    coordinator, [mandate] = an_alliance()
    signed_in(client, coordinator)
    body = mandate.process.body

    for path in (
        f"{whole_of(mandate)}image/rien/",
        f"{whole_of(mandate)}image/carte/?niveau=regional",
        f"{whole_of(mandate)}export.exe",
        f"/accompagnement/couverture/territoire/{body.territory_id}/image/carte/",
        f"/accompagnement/couverture/{mandate.process.pk}/image/rien/",
    ):
        assert client.get(path).status_code == 404, path


def test_a_tile_says_the_worst_of_its_territory_and_leads_to_it():
    _, [mandate, other] = an_alliance(2)
    alliance = mandate.process.body.alliance
    cells = coverage_of([mandate.process, other.process], None, on=TODAY)

    chart = map_of_coverage(alliance, cells, level="local", on=date(2026, 11, 20))

    tally = Counter(c.status for c in cells if c.process == mandate.process)
    assert chart.rows[0] == ("Territoire 00", "Trou", counts_in_words(tally))
    territory = mandate.process.body.territory_id
    address = f"/accompagnement/couverture/territoire/{territory}/?niveau=local&amp;date=2026-11-20"
    assert f'href="{address}"' in chart.svg()


def test_holes_that_may_still_be_filled_are_told_apart_from_those_of_the_past(client):
    coordinator, [mandate] = an_alliance()

    page = signed_in(client, coordinator).get(whole_of(mandate))

    rows = page.context["rows"]
    holes, to_fill = sum(row.tally["hole"] for row in rows), sum(len(row.to_fill) for row in rows)
    assert 1 < to_fill < holes
    said = f"dont {to_fill} dans des étapes en cours ou à venir"
    assert f'<p class="stat-note">{said}</p>' in page.text


def test_one_territory_alone_is_not_a_map():
    _, [mandate] = an_alliance()
    cells = coverage_of([mandate.process], None, on=TODAY)

    assert map_of_coverage(mandate.process.body.alliance, cells, level="local", on=TODAY) is None


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        ({"hole": 1, "thin": 2, "covered": 1}, "1 trou, 2 minces, 1 couverte"),
        ({"hole": 3, "unneeded": 9}, "3 trous"),
        ({"unneeded": 24}, ""),
    ],
)
def test_counts_are_said_in_words(tally, said):
    assert counts_in_words(Counter(tally)) == said


@pytest.mark.parametrize("view", ["fonctions", "aspects"])
def test_the_second_views_sum_the_hours_of_every_process(client, view):
    coordinator, mandates = an_alliance(2)
    Intervention.objects.update(function="logistics", aspects=["writing", "tools"])

    page = signed_in(client, coordinator).get(whole_of(mandates[0]), {"vue": view})

    hours = sum(hours for _, cells in page.context["second"] for hours, _ in cells)
    assert hours == sum(line.quarters for line in Intervention.objects.all()) / 4
    assert max(people for _, cells in page.context["second"] for _, people in cells) == 2


def test_the_hours_of_the_whole_are_those_of_its_processes(client):
    coordinator, mandates = an_alliance(2)
    signed_in(client, coordinator)

    def hours(path):
        return {row[0]: row[1:] for row in client.get(path).context["hours"].rows}

    whole = hours(whole_of(mandates[0]))
    each = [hours(f"/accompagnement/couverture/{m.process.pk}/") for m in mandates]
    for n in (0, 1):
        parts = sum(found["Plan d’action"][n] for found in each)
        assert whole["Plan d’action"][n] == pytest.approx(parts, abs=0.2)


def test_a_level_where_nobody_works_says_so(client):
    coordinator, [mandate] = an_alliance()

    page = signed_in(client, coordinator).get(whole_of(mandate), {"niveau": "regional"})

    assert "Aucune démarche à ce niveau" in page.text
    assert "(21 trous)" not in page.text


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_coverage_costs_the_same_for_one_or_thirty(
    client, django_assert_max_num_queries, count
):
    coordinator, mandates = an_alliance(count)
    process = mandates[0].process
    for _ in range(count):
        log(mandates[0])
        MandateFactory(process=process, resource__alliance=process.body.alliance)
        MilestoneFactory(process=process)
    signed_in(client, coordinator)

    for path in (
        whole_of(mandates[0]),
        whole_of(mandates[0]) + "?etape=planning&dimension=governance&vue=aspects",
        whole_of(mandates[0]) + "?niveau=promoter",
        f"/accompagnement/couverture/territoire/{process.body.territory_id}/",
    ):
        with django_assert_max_num_queries(20):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("asked", ["", "?etape=planning&dimension=governance", "?vue=aspects"])
def test_the_grid_and_the_thread_of_a_process_keep_their_budget(
    client, django_assert_max_num_queries, count, asked
):
    coordinator, [mandate] = an_alliance()
    for _ in range(count):
        log(mandate)
        MandateFactory(process=mandate.process, resource__alliance=mandate.resource.alliance)
        MilestoneFactory(process=mandate.process)
    signed_in(client, coordinator)

    with django_assert_max_num_queries(20):
        page = client.get(f"/accompagnement/couverture/{mandate.process.pk}/{asked}")

    assert page.status_code == 200
