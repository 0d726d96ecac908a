"""A need is raised, for oneself or for whoever called, and what is wrong in it is said."""

import pytest

from jonction.core.models import Message, Trace
from jonction.core.verdicts import Refused
from jonction.support.actions.need import decline_need, raise_need
from jonction.support.models import Need
from tests.factories import (
    TODAY,
    NeedFactory,
    PersonFactory,
    SeatFactory,
)
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def test_a_stranger_raises_no_need_and_a_member_answers_none():
    need = NeedFactory()
    member = SeatFactory(body=need.process.body, role="member").person
    asked = {
        "text": "x",
        "level": "local",
        "stages": ["calls"],
        "dimensions": ["management"],
        "mode": "one_off",
        "quarters_per_week": 4,
        "starts_on": TODAY,
        "ends_on": TODAY,
        "urgency": "now",
    }

    with pytest.raises(Refused):
        raise_need(need.process, actor=PersonFactory(), today=TODAY, **asked)
    with pytest.raises(Refused, match="La réponse vient"):
        decline_need(need, actor=member, today=TODAY, answer="non")
    raise_need(need.process, actor=member, today=TODAY, **asked)

    assert Need.objects.count() == 2


# --- pages ---------------------------------------------------------------------------------


def typed(need, **changes):
    return {
        "text": "Préparer l’appel",
        "process": need.process.pk,
        "level": "local",
        "stages": ["calls"],
        "dimensions": ["management"],
        "mode": "continuous",
        "quarters_per_week": "3,5",
        "starts_on": "2026-12-01",
        "ends_on": "2027-03-31",
        "urgency": "soon",
        "channel": "telephone",
        "on_behalf_of": "Ginette",
        **changes,
    }


def test_a_need_is_raised_for_somebody_who_called(client):
    need = NeedFactory()
    signed_in(client, coordinator_of(need.process.body))

    page = client.post("/accompagnement/besoins/deposer/", typed(need), follow=True)

    made = Need.objects.first()
    assert (made.quarters_per_week, made.on_behalf_of, made.channel) == (14, "Ginette", "telephone")
    assert "Le besoin est reçu" in page.text


def test_a_need_says_its_language_when_french_will_not_do(client):
    need = NeedFactory()
    signed_in(client, coordinator_of(need.process.body))

    form = client.get("/accompagnement/besoins/deposer/").text
    client.post("/accompagnement/besoins/deposer/", typed(need, language="iu"))
    wrong = client.post("/accompagnement/besoins/deposer/", typed(need, language="klingon"))

    assert Need.objects.first().language == "iu"
    assert need.language == ""
    assert "non, en français" in form
    assert wrong.status_code == 422


def test_whoever_called_and_has_an_account_follows_her_own_need(client, mailoutbox):
    need = NeedFactory()
    typist, caller = coordinator_of(need.process.body), PersonFactory(name="Ginette Roy")
    signed_in(client, typist)
    said = typed(need, text="Relire le budget", caller_email=caller.email.upper())

    client.post("/accompagnement/besoins/deposer/", said)

    made = Need.objects.get(text="Relire le budget")
    assert (made.asked_by, made.channel) == (caller, "telephone")
    assert Trace.objects.get(verb="support.need.received").actor == typist
    page = signed_in(client, caller).get("/accompagnement/besoins/mes-demandes/").text
    assert "Relire le budget" in page
    assert client.get(made.get_absolute_url()).status_code == 200
    assert Message.objects.filter(person=caller).exists()


def test_an_email_that_opens_no_account_leaves_the_need_with_who_typed(client):
    need = NeedFactory()
    typist = coordinator_of(need.process.body)
    signed_in(client, typist)
    address = "/accompagnement/besoins/deposer/"

    nameless = client.post(address, typed(need, caller_email="a@b.ca", on_behalf_of=""))
    client.post(address, typed(need, text="Relire le budget", caller_email="a@b.ca"))

    made = Need.objects.get(text="Relire le budget")
    assert "Écrivez aussi le nom" in nameless.text
    assert (made.asked_by, made.on_behalf_of) == (typist, "Ginette")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2026-11-01"}, "La fin vient avant le début"),
        ({"quarters_per_week": "80 h"}, "plus de 60 heures"),
        ({"quarters_per_week": "1000000000"}, "plus de 60 heures"),
        ({"quarters_per_week": "0 h"}, "plus grande que zéro"),
        ({"quarters_per_week": "-3"}, "plus grande que zéro"),
        ({"quarters_per_week": "beaucoup"}, "n’est pas une durée"),
        ({"process": "999999"}, "choix"),
    ],
)
def test_a_wrong_need_is_answered_in_french_and_keeps_what_was_typed(client, changes, sentence):
    need = NeedFactory()
    signed_in(client, coordinator_of(need.process.body))

    page = client.post("/accompagnement/besoins/deposer/", typed(need, **changes))

    assert page.status_code == 422
    assert sentence in page.text
    assert "Préparer l’appel" in page.text
    assert Need.objects.count() == 1


def test_a_hole_leads_to_a_need_placed_where_it_is(client):
    need = NeedFactory()
    signed_in(client, coordinator_of(need.process.body))

    page = client.get(
        "/accompagnement/besoins/deposer/",
        {"demarche": need.process.pk, "etape": "calls", "dimension": "management"},
    )

    assert page.context["form"].initial["stages"] == ["calls"]
    assert page.context["form"].initial["process"] == need.process.pk


def test_a_text_pasted_too_long_is_told_and_kept_whole(client):
    need = NeedFactory()
    signed_in(client, coordinator_of(need.process.body))
    address, pasted = "/accompagnement/besoins/deposer/", "Écrire le plan. " * 300

    empty = client.get(address)
    page = client.post(address, typed(need, text=pasted, on_behalf_of="x" * 151))

    assert "maxlength" not in empty.text  # with it, the browser cuts without a word
    assert page.status_code == 422
    assert "au plus 500 caractères (actuellement 4799)" in page.text
    assert pasted.strip() in page.text
    assert "x" * 151 in page.text


def test_the_tabs_of_a_list_keep_its_filters_and_its_order(client):
    need = NeedFactory(text="Écrire le plan")
    signed_in(client, coordinator_of(need.process.body))

    page = client.get("/accompagnement/besoins/?etat=ouverts&mots=plan&urgence=&du=x&tri=-date")

    assert 'href="?etat=tous&amp;mots=plan&amp;tri=-date"' in page.text
    assert 'href="?etat=ouverts"' not in page.text
