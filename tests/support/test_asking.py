"""From where a need is asked: a stage, a promoter's own hand; and who follows it (S4, R2, R3)."""

import pytest

from jonction.accounts.own_data import parts_of
from jonction.core.models import Trace
from jonction.core.search.matching import groups
from jonction.core.verdicts import Refused
from jonction.cycle.models import Process
from jonction.engines.words import question
from jonction.support.actions import need as actions
from jonction.support.models import Need
from jonction.territories.models import Place
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
    PersonFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
    a_region,
)
from tests.support.test_mandates import coordinator_of
from tests.support.test_needs import typed
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def test_whoever_has_one_process_is_not_asked_which(client):
    process = MandateFactory().process
    signed_in(client, SeatFactory(body=process.body, role="coordinator").person)

    form = client.get("/accompagnement/besoins/deposer/").context["form"]

    assert (form.initial["process"], form.initial["level"]) == (process.pk, process.body.level)


ASKING = "/accompagnement/besoins/deposer/"
ASKED = {
    "text": "Relire le budget",
    "level": "promoter",
    "stages": ["calls"],
    "dimensions": ["management"],
    "mode": "one_off",
    "quarters_per_week": 8,
    "starts_on": TODAY,
    "ends_on": TODAY,
    "urgency": "soon",
}


def a_promoter(**facts):
    """Return who writes for an organisation of the region of the Alliances of the factories."""
    organisation = OrganisationFactory(place=a_region())
    return MembershipFactory(organisation=organisation, role="writer", **facts)


def test_a_need_sent_twice_is_one_need(client):
    process = ProcessFactory()
    signed_in(client, SeatFactory(body=process.body, role="coordinator").person)
    once = client.get(ASKING).context["form"]["once"].value()
    sent = typed(NeedFactory.build(process=process)) | {"once": once}

    first, twice = (client.post(ASKING, sent).url for _ in "12")
    other = client.post(ASKING, {**sent, "text": "Animer la rencontre de décembre"}).url

    assert first == twice != other
    assert Need.objects.count() == 2
    assert Trace.objects.filter(verb="support.need.received").count() == 2


def test_a_need_far_from_the_plan_is_told_beside_its_date_and_kept(client):
    process = ProcessFactory()
    signed_in(client, SeatFactory(body=process.body, role="coordinator").person)
    sent = typed(NeedFactory.build(process=process), ends_on="2099-03-31")

    page = client.post(ASKING, sent)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["ends_on"]
    assert "Le 31 mars 2099 est à plus d’un an du plan de l’Alliance" in page.text
    assert 'value="2099-03-31"' in page.text
    assert Need.objects.count() == 0


def test_a_stage_leads_to_a_need_that_knows_where_it_comes_from(client):
    process = ProcessFactory()
    member = SeatFactory(body=process.body).person
    client = signed_in(client, member)
    link = f"{ASKING}?demarche={process.pk}&amp;etape=calls&amp;origine=stage"

    page = client.get(process.get_absolute_url()).text
    form = client.get(link.replace("&amp;", "&")).context["form"]
    client.post(ASKING, typed(NeedFactory.build(process=process), origin="stage"))

    assert link in page
    assert (form.initial["process"], form.initial["stages"]) == (process.pk, ["calls"])
    assert form.initial["origin"] == "stage"
    assert Need.objects.get().origin == "stage"


def test_a_stage_that_is_over_offers_no_support(client):
    process = ProcessFactory()

    page = signed_in(client, SeatFactory(body=process.body).person).get(process.get_absolute_url())

    assert page.text.count("origine=stage") == 4
    assert "etape=mobilisation" not in page.text


@pytest.mark.parametrize("role", ["observer", "researcher"])
def test_whoever_looks_from_outside_is_not_led_to_ask(client, role):
    process = ProcessFactory()
    looking = SeatFactory(body=process.body, role=role).person

    pages = [client.get(process.get_absolute_url()).text]
    pages.append(signed_in(client, looking).get(process.get_absolute_url()).text)

    assert [page.count("origine=stage") for page in pages] == [0, 0]


def test_a_process_that_is_closed_receives_no_need(client):
    process = ProcessFactory(status=Process.Status.CLOSED)
    coordinator = coordinator_of(process.body)

    page = signed_in(client, coordinator).get(process.get_absolute_url()).text

    assert "origine=stage" not in page
    assert process not in client.get(ASKING).context["form"].fields["process"].queryset
    with pytest.raises(Refused, match="ne reçoit plus de besoin"):
        actions.raise_need(process, actor=coordinator, today=TODAY, **ASKED)


def test_a_promoter_asks_for_her_organisation_and_follows_what_she_asked(client):
    process, promoter = ProcessFactory(), a_promoter()
    NeedFactory(process=process, text="Le besoin d’une autre")
    client = signed_in(client, promoter.person)

    stage = client.get(process.get_absolute_url()).text
    form = client.get(f"{ASKING}?demarche={process.pk}&etape=calls&origine=stage")
    sent = client.post(ASKING, typed(NeedFactory.build(process=process), text="Relire le budget"))
    mine = client.get("/accompagnement/besoins/mes-demandes/").text
    every = client.get("/accompagnement/besoins/?etat=tous").text

    need = Need.objects.get(text="Relire le budget")
    assert "origine=stage" in stage
    assert promoter.organisation.name in form.text
    assert "Niveau" not in form.text
    assert "Posture" not in form.text
    assert sent.url == need.get_absolute_url()
    assert (need.organisation, need.asked_by) == (promoter.organisation, promoter.person)
    assert (need.level, need.posture) == ("promoter", "support")
    assert "Relire le budget" in mine
    assert "Relire le budget" in every
    assert "Le besoin d’une autre" not in mine + every


def test_a_promoter_who_does_not_know_the_hours_leaves_them_to_the_coordination(client):
    process, promoter = ProcessFactory(), a_promoter()
    coordinator = coordinator_of(process.body)
    client = signed_in(client, promoter.person)

    said = typed(NeedFactory.build(process=process), text="Relire", quarters_per_week="")
    sent = client.post(ASKING, said)
    need = Need.objects.get()
    page = client.get(need.get_absolute_url()).text
    every = signed_in(client, coordinator).get("/accompagnement/besoins/?etat=tous")
    csv = b"".join(client.get("/accompagnement/besoins/?etat=tous&format=csv")).decode()

    assert (sent.url, need.quarters_per_week) == (need.get_absolute_url(), None)
    assert "heures à préciser" in page
    assert "à préciser" in every.text
    assert "à préciser" in csv


def test_a_promoter_of_two_organisations_says_for_which_one(client):
    process, promoter = ProcessFactory(), a_promoter()
    other = a_promoter(person=promoter.person).organisation
    stranger = OrganisationFactory()
    client = signed_in(client, promoter.person)
    asked = typed(NeedFactory.build(process=process))

    forgotten = client.post(ASKING, asked)
    wrong = client.post(ASKING, {**asked, "organisation": stranger.pk})
    client.post(ASKING, {**asked, "organisation": other.pk})

    assert (forgotten.status_code, wrong.status_code) == (422, 422)
    assert Need.objects.get().organisation == other


def test_a_promoter_who_sits_asks_for_her_organisation_or_for_the_process(client):
    process, promoter = ProcessFactory(), a_promoter()
    SeatFactory(body=process.body, person=promoter.person)
    client = signed_in(client, promoter.person)
    asked = typed(NeedFactory.build(process=process), level="")

    form = client.get(ASKING).context["form"]
    cell = client.get(f"{ASKING}?demarche={process.pk}&niveau=local&origine=cell").context["form"]
    client.post(ASKING, {**asked, "organisation": promoter.organisation.pk})
    client.post(ASKING, {**asked, "organisation": ""})

    assert form["organisation"].value() == promoter.organisation.pk
    assert cell["organisation"].value() is None
    assert list(Need.objects.order_by("pk").values_list("organisation", "level")) == [
        (promoter.organisation.pk, "promoter"),
        (None, process.body.level),
    ]


@pytest.mark.parametrize(
    "facts", [{"role": "reader"}, {"ends_on": "2026-10-01"}, {"organisation__place": None}]
)
def test_whoever_does_not_write_for_an_organisation_of_here_asks_nothing(client, facts):
    process = ProcessFactory()
    said = {"role": "writer", "organisation__place": a_region(), **facts}
    person = MembershipFactory(**said).person
    client = signed_in(client, person)

    page = client.get(ASKING).text

    assert "Aucune démarche où demander" in page
    assert "<form class=" not in page.split("<main")[1]
    assert "origine=stage" not in client.get(process.get_absolute_url()).text
    with pytest.raises(Refused, match="écrivent pour un organisme de son territoire"):
        actions.raise_need(process, actor=person, today=TODAY, **ASKED)


def test_a_promoter_asks_around_her_organisation_only_and_where_it_sits():
    region = a_region()
    here, elsewhere = (
        Place.objects.add_child(
            region, instance=Place(code=code, name=code, sort_key=code, kind="mrc")
        )
        for code in ("M1", "M2")
    )
    membership = MembershipFactory(organisation__place=here, role="writer")
    near = TerritoryFactory()
    near.places.add(here)
    far = TerritoryFactory(alliance=near.alliance)
    far.places.add(elsewhere)
    bodies = [
        BodyFactory(alliance=near.alliance, territory=near),
        BodyFactory(alliance=near.alliance, territory=far),
        BodyFactory(alliance=near.alliance, territory=far),
    ]
    SeatFactory(body=bodies[2], organisation=membership.organisation)
    facts = {"actor": membership.person, "today": TODAY, **ASKED}
    organisation = membership.organisation
    processes = [ProcessFactory(body=body) for body in bodies]

    actions.raise_need(processes[0], organisation=organisation, **facts)
    actions.raise_need(processes[2], organisation=organisation, **facts)
    with pytest.raises(Refused):
        actions.raise_need(processes[1], organisation=organisation, **facts)
    with pytest.raises(Refused, match="n’est pas celle du territoire de cet organisme"):
        actions.raise_need(processes[0], organisation=OrganisationFactory(), **facts)

    assert {need.process for need in Need.objects.all()} == {processes[0], processes[2]}


def test_who_asked_from_outside_reads_who_comes_not_who_was_sounded_out(client):
    need = NeedFactory(asked_by=a_promoter().person)
    for name, status in (("Ginette Lavoie", "active"), ("Réjean Caron", "declined")):
        MandateFactory(process=need.process, need=need, status=status, resource__name=name)
    client = signed_in(client, need.asked_by)

    page = client.get(need.get_absolute_url()).text

    assert "Ginette Lavoie" in page
    assert "Réjean Caron" not in page
    assert "/accompagnement/mandats/" not in page.split("<main")[1]


def test_who_asked_reads_what_she_may_do_and_not_why_each_answer_is_not_hers(client):
    need = NeedFactory(asked_by=a_promoter().person, status="received")

    page = signed_in(client, need.asked_by).get(need.get_absolute_url()).text
    mine = client.get("/accompagnement/besoins/mes-demandes/").text
    answering = signed_in(client, coordinator_of(need.process.body)).get(need.get_absolute_url())

    assert page.count("La réponse vient de la coordination") == 1
    assert "Dire admissible" not in page
    assert "Fermer" in page
    assert "Dire admissible" in answering.text
    assert "La réponse vient de" not in answering.text
    assert f'href="{ASKING}"' in mine


def test_a_need_is_found_by_its_words_by_those_who_may_read_it():
    process = ProcessFactory()
    member = SeatFactory(body=process.body).person
    actions.raise_need(process, actor=member, today=TODAY, **ASKED)

    def found(person):
        return [g.name for g in groups(question("relire budget"), person, TODAY)]

    assert found(member) == ["support.need"]
    assert found(PersonFactory()) == found(None) == []


def test_what_was_said_of_a_need_goes_with_what_is_known_of_who_asked():
    need = NeedFactory(status="admissible", steps=[])
    actions.decline_need(
        need, actor=coordinator_of(need.process.body), today=TODAY, answer="Pas avant l’été"
    )

    part = next(one for one in parts_of(need.asked_by) if one.name == "cheminements")

    assert [row[-1] for row in part.rows()] == ["", "Pas avant l’été"]
    assert list(next(p for p in parts_of(PersonFactory()) if p.name == part.name).rows()) == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_process_costs_a_promoter_the_same_for_one_organisation_or_thirty(
    client, django_assert_max_num_queries, count
):
    process, person = ProcessFactory(), PersonFactory()
    for _ in range(count):
        a_promoter(person=person)
    client = signed_in(client, person)

    with django_assert_max_num_queries(20) as asked:
        page = client.get(process.get_absolute_url()).text

    assert page.count("origine=stage") == 4
    assert len(asked) == 12
