"""How long it takes between territories: who says it, what the rounds make of it, what is typed."""

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.engines.matching.problem import Rules
from jonction.support.actions.travel import edit_travel_times
from jonction.support.models import MatchingRound, TravelTimes, pair_key
from jonction.support.queries.round import matching_problem
from jonction.support.queries.travel import travel_times_of, ways_known
from jonction.territories.models import Place
from tests.factories import TODAY, AllianceFactory, PersonFactory, SeatFactory, TerritoryFactory
from tests.support.rounds import a_giver, a_need, asked_of, computed, coordinator_of
from tests.support.test_round_pages import plain, signed_in

pytestmark = pytest.mark.django_db


def three_territories():
    """Return an Alliance with three territories, each one county, and who coordinates it."""
    alliance = AllianceFactory()
    found = []
    for rank, name in enumerate(("Kamouraska", "La Matanie", "Les Basques")):
        territory = TerritoryFactory(alliance=alliance, name=name)
        place = Place(code=f"0{rank}", name=name, sort_key=name.casefold(), kind="mrc")
        territory.places.add(Place.objects.add_child(alliance.region, instance=place))
        found.append(territory)
    return alliance, found, coordinator_of(alliance)


def say(alliance, *ways):
    """Write the minutes of each way (one, other, minutes)."""
    minutes = {pair_key(one.pk, other.pk): n for one, other, n in ways}
    return TravelTimes.objects.create(alliance=alliance, minutes=minutes)


def address(alliance):
    return f"/accompagnement/jumelage/trajets/{alliance.pk}/"


def field(one, other):
    return f"way_{pair_key(one.pk, other.pk)}"


# who says it


def test_the_coordination_alone_says_them_and_it_leaves_a_trace():
    alliance, (kamouraska, matanie, _basques), coordinator = three_territories()
    changes = {"minutes": {pair_key(matanie.pk, kamouraska.pk): 155}}
    said = {"today": TODAY, "version": 1, "changes": changes}
    local = SeatFactory(body__alliance=alliance, role="coordinator").person

    for person in (local, PersonFactory(), coordinator_of(AllianceFactory())):
        with pytest.raises(Refused, match="coordination de l’Alliance"):
            edit_travel_times(alliance, actor=person, **said)
    edit_travel_times(alliance, actor=coordinator, **said)

    assert travel_times_of(alliance).between(kamouraska.pk, matanie.pk) == 155
    [trace] = Trace.objects.filter(verb="support.traveltimes.edited")
    assert (trace.actor, trace.facts["fields"]) == (coordinator, ["minutes"])


def test_who_read_an_older_version_is_refused():
    alliance, _territories, coordinator = three_territories()
    said = {"actor": coordinator, "today": TODAY, "version": 1}
    edit_travel_times(alliance, changes={"minutes": {"1-2": 30}}, **said)

    with pytest.raises(Refused, match="vient de modifier"):
        edit_travel_times(alliance, changes={"minutes": {"1-2": 45}}, **said)

    assert TravelTimes.objects.get().minutes == {"1-2": 30}


def test_a_pair_has_one_name_whatever_its_side():
    assert pair_key(15, 12) == pair_key(12, 15) == "12-15"
    assert pair_key(9, 12) == "9-12"


# what the rounds make of it


def test_the_problem_reads_the_minutes_from_both_sides():
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    a_need(alliance, "Les Basques")
    say(alliance, (kamouraska, basques, 60), (matanie, basques, 110))

    problem = matching_problem(asked_of(alliance, coordinator))

    assert problem.travel == {
        (kamouraska.pk, basques.pk): 60,
        (basques.pk, kamouraska.pk): 60,
        (matanie.pk, basques.pk): 110,
        (basques.pk, matanie.pk): 110,
    }


def test_a_territory_that_is_no_more_is_neither_read_nor_counted():
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    a_need(alliance, "Kamouraska")
    say(alliance, (kamouraska, basques, 60), (kamouraska, matanie, 155))
    basques.delete()

    problem = matching_problem(asked_of(alliance, coordinator))

    known = ways_known(alliance)
    assert len(problem.travel) == 2
    assert (known.known, known.of) == (1, 1)


def based(alliance, territory, name):
    return a_giver(alliance, 8, name=name, base=territory.places.get())


@pytest.mark.parametrize("nearer", ["Alix", "Bruno"])
def test_of_two_alike_the_nearer_is_proposed_and_the_reason_says_the_minutes(client, nearer):
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    a_need(alliance, "Les Basques", quarters_per_week=8)
    based(alliance, kamouraska, "Alix")
    based(alliance, matanie, "Bruno")
    far, near = (matanie, kamouraska) if nearer == "Alix" else (kamouraska, matanie)
    say(alliance, (near, basques, 45), (far, basques, 110))

    asked = computed(asked_of(alliance, coordinator, team=1))

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))
    assert asked.proposals.get().resource.name == nearer
    assert "à 45 minutes de route" in said
    assert "Temps de trajet entre territoires que ce calcul connaissait : 2 ;" in said


def test_beyond_the_farthest_nobody_is_proposed_and_somebody_nearer_is_wanted(client):
    alliance, (kamouraska, _matanie, basques), coordinator = three_territories()
    a_need(alliance, "Les Basques", quarters_per_week=8)
    based(alliance, kamouraska, "Alix")
    times = say(alliance, (kamouraska, basques, Rules().farthest + 1))

    asked = computed(asked_of(alliance, coordinator))
    times.minutes = {pair_key(kamouraska.pk, basques.pk): Rules().farthest}
    times.save()
    just_there = computed(asked_of(alliance, coordinator, team=1))

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))
    assert (asked.proposals.count(), just_there.proposals.count()) == (0, 1)
    assert "Qui pourrait y aller vit trop loin." in said
    assert "Une personne qui vit plus près de Les Basques, 2 h par semaine" in said
    assert "de route" not in plain(client.get(just_there.get_absolute_url()))


def test_a_way_that_nobody_said_is_no_reason(client):
    alliance, (kamouraska, _matanie, _basques), coordinator = three_territories()
    a_need(alliance, "Les Basques", quarters_per_week=8)
    based(alliance, kamouraska, "Alix")

    asked = computed(asked_of(alliance, coordinator))

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))
    assert asked.proposals.count() == 1
    assert "de route" not in said
    assert "Ce calcul ne connaissait aucun temps de trajet" in said
    assert "Aujourd’hui" not in said
    assert address(alliance) in said


def test_a_round_kept_before_times_were_known_does_not_claim_them(client):
    alliance, (kamouraska, _matanie, basques), coordinator = three_territories()
    a_need(alliance, "Les Basques")
    based(alliance, kamouraska, "Alix")
    asked = computed(asked_of(alliance, coordinator))
    result = {key: value for key, value in asked.result.items() if key != "ways"}
    MatchingRound.objects.update(result=result)
    say(alliance, (kamouraska, basques, 60))

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))

    assert "Ce calcul ne connaissait aucun temps de trajet" in said
    assert "Aujourd’hui, 1 est connu sur 3." in said


# the page


def test_the_page_says_what_is_known_and_the_other_pages_lead_to_it(client):
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    say(alliance, (matanie, basques, 110), (kamouraska, basques, 200))
    signed_in(client, coordinator)

    said = plain(client.get(address(alliance)))

    assert "2 temps connus sur 3." in said
    assert "compte comme le trajet le plus long (180 min)" in said
    assert "1 trajet dépasse 180 min" in said
    assert "Plus de 180 min" in said
    assert said.index("Depuis Kamouraska") < said.index("Depuis La Matanie")
    assert "Depuis Les Basques" not in said  # each pair is there once
    launch = plain(client.get(f"/accompagnement/jumelage/lancer/{alliance.pk}/"))
    assert "2 temps de trajet entre territoires sont connus, sur 3" in launch
    assert address(alliance) in launch
    assert address(alliance) in client.get("/accompagnement/jumelage/").text


def test_minutes_are_typed_as_people_say_them_and_emptied(client):
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    say(alliance, (kamouraska, matanie, 155))
    typed = {
        "version": 1,
        field(kamouraska, matanie): "",
        field(kamouraska, basques): "1 h 15",
        field(matanie, basques): " 110 ",
    }

    done = signed_in(client, coordinator).post(address(alliance), typed)
    after = client.get(address(alliance))

    assert done.url == address(alliance)
    assert TravelTimes.objects.get().minutes == {
        pair_key(kamouraska.pk, basques.pk): 75,
        pair_key(matanie.pk, basques.pk): 110,
    }
    assert after.context["form"][field(kamouraska, basques)].value() == 75
    assert 'value="75"' in after.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "Écrivez de 1 à 600 minutes"),
        ("999999", "Écrivez de 1 à 600 minutes"),
        ("601", "Écrivez de 1 à 600 minutes"),
        ("-3", "« -3 » n’est pas un nombre de minutes"),
        ("une heure", "« une heure » n’est pas un nombre de minutes"),
        ("1,5", "« 1,5 » n’est pas un nombre de minutes"),
    ],
)
def test_what_is_no_number_of_minutes_is_told_and_kept(client, typed, sentence):
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    say(alliance, (kamouraska, matanie, 155))
    sent = {"version": 1, field(kamouraska, matanie): typed, field(matanie, basques): "110"}

    page = signed_in(client, coordinator).post(address(alliance), sent)

    assert page.status_code == 422
    assert f"Kamouraska – La Matanie</a> : {sentence}" in plain(page)
    assert f'value="{typed}"' in page.text
    assert 'value="110"' in page.text
    assert TravelTimes.objects.get().minutes == {pair_key(kamouraska.pk, matanie.pk): 155}


def test_two_people_who_save_at_once_are_told_what_is_written_now(client):
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    other = coordinator_of(alliance)
    key = pair_key(kamouraska.pk, matanie.pk)
    edit_travel_times(
        alliance, actor=other, today=TODAY, version=1, changes={"minutes": {key: 155}}
    )
    mine = {field(kamouraska, matanie): "90", field(matanie, basques): "110"}

    told = signed_in(client, coordinator).post(address(alliance), {"version": 1, **mine})
    kept = TravelTimes.objects.get().minutes
    again = client.post(
        address(alliance), {**mine, "version": told.context["form"]["version"].value()}
    )

    assert (told.status_code, kept) == (422, {key: 155})
    said = plain(told)
    assert "Cette fiche a changé pendant que vous écriviez." in said
    assert f"{other} a changé « temps de trajet »." in said
    assert said.count("Inscrit maintenant : 155 min.") == 2  # at the top, and beside the field
    assert said.count("Inscrit maintenant : rien.") == 2
    assert 'value="90"' in said
    assert again.status_code == 302
    assert TravelTimes.objects.get().minutes[key] == 90


@pytest.mark.parametrize("count", [0, 1])
def test_with_fewer_than_two_territories_there_is_nothing_to_write(client, count):
    alliance = AllianceFactory()
    TerritoryFactory.create_batch(count, alliance=alliance)

    page = signed_in(client, coordinator_of(alliance)).get(address(alliance))

    assert "Aucun trajet à écrire" in page.text
    assert 'name="version"' not in page.text


def test_a_large_alliance_writes_one_territory_at_a_time_and_keeps_the_others(client):
    alliance = AllianceFactory()
    many = [
        TerritoryFactory(alliance=alliance, name=f"Territoire {rank:02d}") for rank in range(46)
    ]
    first, second, third = many[:3]
    say(alliance, (second, third, 35), *((first, other, 50) for other in many[1:]))
    signed_in(client, coordinator_of(alliance))

    lacking = client.get(address(alliance)).context["form"]
    page = client.get(address(alliance), {"depuis": third.pk})
    names = [name for name in page.context["form"].fields if name.startswith("way_")]
    sent = {"version": 1, field(third, second): "40", field(third, many[3]): "1 h"}
    done = client.post(f"{address(alliance)}?depuis={third.pk}", sent)

    assert lacking.base == second  # all that leaves from the first one is known
    assert len(names) == 45
    assert "Territoire 02 (2 sur 45)" in plain(page)
    assert done.url == f"{address(alliance)}?depuis={third.pk}"
    minutes = TravelTimes.objects.get().minutes
    assert minutes[pair_key(third.pk, second.pk)] == 40
    assert minutes[pair_key(third.pk, many[3].pk)] == 60
    assert pair_key(third.pk, first.pk) not in minutes  # it was emptied
    assert minutes[pair_key(first.pk, many[45].pk)] == 50


def test_an_address_that_names_no_territory_of_the_alliance_offers_the_first_that_lacks(client):
    alliance = AllianceFactory()
    TerritoryFactory.create_batch(13, alliance=alliance)
    elsewhere = TerritoryFactory()
    signed_in(client, coordinator_of(alliance))

    forms = [
        client.get(address(alliance), {"depuis": said}).context["form"]
        for said in (elsewhere.pk, "partout", "9" * 30)
    ]

    assert {form.base.alliance_id for form in forms} == {alliance.pk}


def test_whoever_does_not_coordinate_the_alliance_finds_nothing(client):
    alliance, _territories, _coordinator = three_territories()
    local = SeatFactory(body__alliance=alliance, role="coordinator").person

    for person in (local, PersonFactory(), coordinator_of(AllianceFactory())):
        signed_in(client, person)
        assert client.get(address(alliance)).status_code == 404
        assert client.get(f"{address(alliance)}export.csv").status_code == 404


@pytest.mark.parametrize("count", [2, 30])
def test_the_page_costs_the_same_for_two_territories_or_thirty(
    client, django_assert_max_num_queries, count
):
    alliance = AllianceFactory()
    first, second, *_rest = TerritoryFactory.create_batch(count, alliance=alliance)
    say(alliance, (first, second, 45))
    signed_in(client, coordinator_of(alliance))

    with django_assert_max_num_queries(8):
        assert client.get(address(alliance)).status_code == 200


def test_the_table_leaves_as_a_file_each_pair_once_without_live_formula(client):
    alliance, (kamouraska, matanie, basques), coordinator = three_territories()
    kamouraska.name = "=1+1"
    kamouraska.save()
    say(alliance, (matanie, basques, 110), (kamouraska, basques, 60))
    signed_in(client, coordinator)

    files = {
        kind: b"".join(client.get(f"{address(alliance)}export.{kind}"))
        for kind in ("csv", "xlsx", "ods")
    }

    assert files["csv"].decode("utf-8-sig").splitlines() == [
        "De;À;Minutes",
        "'=1+1;La Matanie;",
        "'=1+1;Les Basques;60",
        "La Matanie;Les Basques;110",
    ]
    assert files["xlsx"][:2] == files["ods"][:2] == b"PK"
    assert client.get(f"{address(alliance)}export.exe").status_code == 404
