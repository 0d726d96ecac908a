import pytest
from django.conf import settings

from jonction.ethics.models import Refusal
from jonction.support.actions.round import adopt_proposal, close_round, refuse_proposal
from jonction.support.models import Capacity, IntakeMethod, Mandate, MatchingRound, Proposal
from tests.factories import TODAY, AllianceFactory, PersonFactory, SeatFactory
from tests.support.rights_rounds import ROUND
from tests.support.rounds import (
    a_giver,
    a_need,
    a_round,
    asked_of,
    computed,
    coordinator_of,
)

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def plain(page):
    return page.text.replace("\u00a0", " ").replace("\u202f", " ")


def an_unfair_round():
    """Return a round in which urgency alone would leave La Matanie with nothing."""
    alliance = AllianceFactory()
    a_need(alliance, "La Mitis", urgency="now", quarters_per_week=8)
    a_need(alliance, "La Matanie", urgency="later", quarters_per_week=8)
    a_giver(alliance, 8, name="Ginette Lavoie")
    coordinator = coordinator_of(alliance)
    return computed(asked_of(alliance, coordinator)), coordinator


def test_the_page_says_first_who_is_least_served_and_what_is_proven(client):
    asked, coordinator = an_unfair_round()

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))

    assert "aucun jumelage ne fait mieux pour le moins bien servi" in said
    assert "En servant d’abord le plus urgent" in said
    assert "La Matanie n’aurait que 0 % au lieu de " in said
    assert said.index("Le moins bien servi") < said.index("En servant d’abord")
    assert "Ce calcul ne connaissait aucun temps de trajet" in said


def test_a_need_asked_in_a_language_goes_only_to_who_says_they_support_in_it(client):
    alliance = AllianceFactory()
    need = a_need(alliance, language="cri", quarters_per_week=8)
    a_giver(alliance, 40, name="Sans le cri", languages=["fr", "en"])
    speaker = a_giver(alliance, 4, name="Annie Wapachee", languages=["cri", "en"])
    coordinator = coordinator_of(alliance)
    client = signed_in(client, coordinator)

    asked = computed(asked_of(alliance, coordinator))
    speaker.languages = ["en"]
    speaker.save()
    alone = computed(asked_of(alliance, coordinator))

    assert [p.resource for p in asked.proposals.all()] == [speaker]
    assert list(alone.proposals.all()) == []
    said = plain(client.get(alone.get_absolute_url()))
    assert "Une personne qui accompagne en cri, 2 h par semaine dans La Mitis" in said
    assert 'href="/accompagnement/ressources/?langue=cri"' in said
    assert "<dt>Langue</dt><dd>cri</dd>" in client.get(need.get_absolute_url()).text


def test_one_territory_left_above_those_nobody_serves_is_named_alone(client):
    alliance = AllianceFactory()
    a_need(alliance, "La Mitis")
    a_need(alliance, "La Matanie", language="iu")
    a_giver(alliance, 40)
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))

    assert "ne peut servir : La Matanie." in said
    assert "Le seul autre, La Mitis, reçoit 100 % de ce qu’il demande." in said
    assert "Parmi La Mitis" not in said


def test_each_need_left_says_the_smallest_change_and_where_to_act(client):
    asked, coordinator = an_unfair_round()
    resource = asked.proposals.first().resource

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))

    assert "n’a plus assez d’heures libres" in said
    assert "1 h par semaine de plus de Ginette Lavoie dans La M" in said
    assert "du 1er décembre 2026 au 31 mars 2027." in said
    assert f"/accompagnement/liberations/demander/{resource.pk}/" in said


def test_a_need_that_a_refusal_leaves_never_says_so(client):
    alliance = AllianceFactory()
    need = a_need(alliance)
    resource = a_giver(alliance, name="Ginette Lavoie")
    Refusal.objects.create(
        person=resource.person,
        body=need.process.body,
        side="body",
        said_by=PersonFactory(),
        said_on=TODAY,
    )
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))

    page = signed_in(client, coordinator).get(asked.get_absolute_url())

    said = plain(page)
    assert "Personne n’est disponible pour cette instance." in said
    assert "Une autre personne 2 h par semaine" in said
    assert "Ginette" not in said
    [why] = page.context["found"].unmatched
    assert "refus" not in f"{why.why} {why.change}"


def test_on_the_short_path_the_needs_without_hours_are_said_to_stay_out(client):
    alliance = AllianceFactory()
    unsized = a_need(alliance, status="received", quarters_per_week=None)
    a_need(alliance, status="received")
    client = signed_in(client, coordinator_of(alliance))
    address = f"/accompagnement/jumelage/lancer/{alliance.pk}/"

    full = client.get(address).text
    IntakeMethod.objects.create(alliance=alliance, number=1, path="short", reason="Petite table")
    short = client.get(address).text

    assert "restent à préciser" not in full
    assert "Les heures de 1 besoin restent à préciser" in short
    assert unsized.get_absolute_url() in short


def test_asking_shows_the_round_at_once(client):
    alliance = AllianceFactory()
    a_need(alliance)
    silent = a_giver(alliance, name="Réjean Caron")
    silent.capacities.all().delete()
    signed_in(client, coordinator_of(alliance))
    address = f"/accompagnement/jumelage/lancer/{alliance.pk}/"

    before = client.get(address)
    wrong = client.post(address, {**ROUND, "until": "2026-11-01"})
    empty = client.post(address, {**ROUND, "which": "now"})
    done = client.post(address, ROUND)

    assert "Réjean Caron" in before.text
    assert (wrong.status_code, "avant aujourd’hui" in wrong.text) == (422, True)
    assert (empty.status_code, "rien à jumeler" in empty.text) == (422, True)
    assert done.url == MatchingRound.objects.get().get_absolute_url()


def test_a_round_being_computed_says_how_far_and_refreshes(client):
    alliance = AllianceFactory()
    a_need(alliance)
    coordinator = coordinator_of(alliance)
    asked = asked_of(alliance, coordinator)
    signed_in(client, coordinator)
    waiting = client.get(asked.get_absolute_url())
    progress = {"phase": "floors", "rank": 2, "turn": 3, "share": 0.42, "bound": None}
    MatchingRound.objects.update(status="computing", progress=progress)

    running = client.get(asked.get_absolute_url())
    part = client.get(asked.get_absolute_url(), headers={"HX-Request": "true"})

    assert "Le calcul va commencer." in waiting.text
    said = plain(running)
    assert "Étape 2 sur 5 : le territoire le moins bien servi." in said
    assert "aucun territoire n’a moins de 42 %" in said
    for words in ("Actualiser", 'hx-trigger="every 2s"', "Arrêter et garder le meilleur"):
        assert words in running.text
    assert "<html" in running.text
    assert "<html" not in part.text


def test_a_computation_broken_or_silent_offers_to_be_relaunched(client):
    asked, coordinator = a_round()
    signed_in(client, coordinator)
    MatchingRound.objects.update(status="failed")

    page = client.get(asked.get_absolute_url())
    done = client.post(f"{asked.get_absolute_url()}relancer/")

    assert "s’est arrêté sur une panne" in page.text
    assert "Relancer le calcul" in page.text
    assert done.status_code == 302
    assert MatchingRound.objects.get().status == "waiting"


def test_a_pair_is_adopted_refused_or_changed_from_the_page(client):
    asked, coordinator = a_round(needs=3)
    signed_in(client, coordinator)
    one, two, three = asked.proposals.order_by("pk")
    change = {
        "resource": three.resource_id,
        "quarters_per_week": "1,5",
        "starts_on": "2026-12-07",
        "ends_on": "2027-01-29",
    }

    client.post(f"{one.get_absolute_url()}adopter/")
    silent = client.post(f"{two.get_absolute_url()}refuser/", {"refuser-word": ""})
    client.post(f"{two.get_absolute_url()}refuser/", {"refuser-word": "Trop loin."})
    too_much = client.post(
        f"{three.get_absolute_url()}changer/", {**change, "quarters_per_week": "2,5"}
    )
    client.post(f"{three.get_absolute_url()}changer/", change)

    assert (silent.status_code, too_much.status_code) == (422, 422)
    assert "n’attend plus autant d’heures" in too_much.text
    assert [p.status for p in Proposal.objects.order_by("pk")] == ["adopted", "refused", "changed"]
    assert sorted(Mandate.objects.values_list("quarters_per_week", flat=True)) == [6, 8]
    said = plain(client.get(asked.get_absolute_url()))
    assert "Choisi tel que proposé." in said
    assert "1,5 h par semaine, du 7 décembre 2026 au 29 janvier 2027" in said
    assert "Trop loin." in said


def test_a_territory_is_adopted_whole_with_a_confirmation(client):
    asked, coordinator = a_round(needs=2)
    signed_in(client, coordinator)
    place = asked.alliance.territories.get().pk
    page = client.get(asked.get_absolute_url())

    client.post(f"{asked.get_absolute_url()}territoires/{place}/adopter/")
    after = client.get(asked.get_absolute_url())

    assert "Adopter les 2 propositions à décider" in page.text
    assert "qu’elle acceptera ou déclinera" in page.text
    assert "2 mandats sont proposés." in after.text
    assert Mandate.objects.filter(status="proposed").count() == 2


def test_the_change_offers_the_resources_of_the_alliance_alone(client):
    asked, coordinator = a_round()
    stranger = a_giver(AllianceFactory(), name="Ginette Lavoie")
    address = f"{asked.proposals.get().get_absolute_url()}changer/"

    page = signed_in(client, coordinator).get(address)
    forced = client.post(
        address,
        {
            "resource": stranger.pk,
            "quarters_per_week": "1",
            "starts_on": "2026-12-07",
            "ends_on": "2027-01-29",
        },
    )

    assert "Ginette Lavoie" not in page.text
    assert forced.status_code == 422


def test_a_closed_round_is_read_and_no_longer_decided(client):
    asked, coordinator = a_round(needs=2)
    one, two = asked.proposals.order_by("pk")
    adopt_proposal(one, actor=coordinator, today=TODAY)
    refuse_proposal(two, actor=coordinator, today=TODAY, word="Plus tard.")
    close_round(asked, actor=coordinator, today=TODAY)

    page = signed_in(client, coordinator).get(asked.get_absolute_url())

    assert "Plus tard." in page.text
    assert "/adopter/" not in page.text
    assert "Ce que vous pouvez faire" not in page.text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_proposals_leave_as_a_file(client, kind):
    asked, coordinator = an_unfair_round()

    page = signed_in(client, coordinator).get(f"{asked.get_absolute_url()}export.{kind}")

    content = b"".join(page)
    assert page.status_code == 200
    if kind == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + asked.proposals.count() + asked.unmatched.count()
        assert "Ginette Lavoie" in lines[1]


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_the_shares_leave_as_a_picture_that_names_nobody(client, kind):
    asked, coordinator = an_unfair_round()

    page = signed_in(client, coordinator).get(f"{asked.get_absolute_url()}image/?forme={kind}")

    assert page.status_code == 200
    if kind == "csv":
        assert "La Matanie" in page.content.decode("utf-8-sig")
    assert b"Ginette" not in page.content


@pytest.mark.parametrize("count", [1, 30])
def test_a_round_costs_the_same_for_one_need_or_thirty(
    client, django_assert_max_num_queries, count
):
    alliance = AllianceFactory()
    for rank in range(count):
        a_need(alliance, f"Territoire {rank}")
        a_need(alliance, f"Territoire {rank}", quarters_per_week=40)
    for _ in range(3):
        a_giver(alliance, 8 * count)
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))
    adopt_proposal(asked.proposals.first(), actor=coordinator, today=TODAY)
    signed_in(client, coordinator)

    for address in (asked.get_absolute_url(), "/accompagnement/jumelage/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_nobody_else_reads_it_and_the_list_says_who_decides(client):
    asked, _coordinator = a_round()
    proposal = asked.proposals.get()
    local = SeatFactory(body=proposal.need.process.body, role="coordinator").person

    for person in (local, proposal.resource.person, coordinator_of(AllianceFactory())):
        signed_in(client, person)
        assert client.get(asked.get_absolute_url()).status_code == 404
        assert client.get(proposal.get_absolute_url()).status_code == 404
        assert str(asked) not in client.get("/accompagnement/jumelage/").text
    signed_in(client, local)
    assert "par la coordination de l’Alliance" in client.get("/accompagnement/jumelage/").text


def test_pairs_come_by_need_and_name_never_by_hours(client):
    alliance = AllianceFactory()
    a_need(alliance, quarters_per_week=30)
    for name, quarters in (("Alix", 5), ("Bruno", 25)):
        a_giver(alliance, quarters, name=name)
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))

    page = signed_in(client, coordinator).get(asked.get_absolute_url())
    Capacity.objects.all().delete()

    assert page.text.index("Alix, 1,25") < page.text.index("Bruno, 6,25")


def test_when_everything_is_served_the_page_says_no_more(client):
    asked, coordinator = a_round()

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))

    assert "Tout ce qui est demandé est proposé à quelqu’un." in said
    assert "En servant d’abord le plus urgent, aucun territoire n’aurait moins." in said
    assert "n’aurait que" not in said


def test_a_territory_that_nobody_can_serve_is_named_apart(client):
    alliance = AllianceFactory()
    a_need(alliance, "La Matanie")
    a_need(alliance, "La Mitis", quarters_per_week=16)
    a_giver(alliance, 8).territories.add(alliance.territories.get(name="La Mitis"))
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))

    assert "ne peut servir : La Matanie." in said
    assert "Le seul autre, La Mitis, reçoit 50 % de ce qu’il demande. C’est prouvé" in said
    assert "Personne ne dit accepter d’aller dans ce territoire." in said


def test_a_bound_that_is_not_reached_is_said_with_its_gap(client):
    asked, coordinator = an_unfair_round()
    floor = {**asked.result["floors"][0], "reached": "1/2", "bound": "5203/10000"}
    MatchingRound.objects.update(result={**asked.result, "floors": [floor]})

    said = plain(signed_in(client, coordinator).get(asked.get_absolute_url()))

    assert "pourrait dépasser 52 % : il reste au plus 2,1 points à gagner." in said


def test_going_back_to_a_round_never_finds_a_part_of_its_page(client):
    asked, coordinator = a_round()
    client.force_login(coordinator)

    part = client.get(asked.get_absolute_url(), headers={"HX-Request": "true"})
    page = client.get(asked.get_absolute_url())

    assert "HX-Request" in part.headers["Vary"]
    assert "HX-Request" in page.headers["Vary"]


def test_a_round_asked_twice_by_the_same_page_is_one_round(client):
    alliance = AllianceFactory()
    a_need(alliance)
    a_giver(alliance)
    signed_in(client, coordinator_of(alliance))
    address = f"/accompagnement/jumelage/lancer/{alliance.pk}/"
    sent = {**ROUND, "once": "5f0c1f0e-2c1f-4d0e-9a51-0c6f1f1f7a10"}

    first = client.post(address, sent)
    MatchingRound.objects.update(status="closed")  # decided before the page is sent again
    again = client.post(address, sent)

    assert 'name="once"' in client.get(address).text
    assert again.url == first.url
    assert MatchingRound.objects.count() == 1


def test_a_proposal_changed_to_days_far_from_the_plan_is_told_beside_its_date(client):
    asked, coordinator = a_round()
    proposal = asked.proposals.get()
    sent = {
        "resource": proposal.resource_id,
        "quarters_per_week": "1",
        "starts_on": "2026-12-01",
        "ends_on": "2099-03-31",
    }

    page = signed_in(client, coordinator).post(f"{proposal.get_absolute_url()}changer/", sent)

    assert page.status_code == 422
    assert "Le 31 mars 2099 est à plus d’un an du plan de l’Alliance" in plain(page)
    assert 'value="2099-03-31"' in page.text
    assert not Mandate.objects.exists()
