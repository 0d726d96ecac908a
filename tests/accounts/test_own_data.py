"""What is known of a person: she takes it along, or has it gone; nobody else does."""

import csv
import io
import json
import tracemalloc
import zipfile

import pytest
from allauth.account.models import EmailAddress

from jonction.accounts import actions
from jonction.accounts.models import Consent, Item, NewsChoice, Person
from jonction.accounts.own_data import stream_archive
from jonction.core import search
from jonction.core.attachments import attach
from jonction.core.models import Message, SearchEntry, Trace
from jonction.core.verdicts import Refused
from jonction.imports.models import Import, Row
from jonction.support.models import Capacity, Intervention, Mandate
from tests.accounts.test_account import a_mail, signed_in
from tests.factories import (
    TODAY,
    MandateFactory,
    MembershipFactory,
    NeedFactory,
    PersonFactory,
    SeatFactory,
)
from tests.support.test_actions import log
from tests.support.test_files import a_file
from tools.messages import printed

pytestmark = pytest.mark.django_db

EMAIL = "zoe@example.org"


def zoe(status="ended"):
    """Return somebody known in every area; her mandate is over."""
    person = PersonFactory(name="Zoé Roy", email=EMAIL, phone="418 555-0199")
    mandate = MandateFactory(resource__person=person, resource__name="Zoé Roy")
    log(mandate, text="Visite à Lucie", audience="mine")
    log(mandate, text="Rencontre de la table", audience="body")
    SeatFactory(person=person, role="member")
    MembershipFactory(person=person, role="writer", organisation=MembershipFactory().organisation)
    NeedFactory(asked_by=person, process=mandate.process)
    attach(mandate, a_file("plan-de-zoe.pdf"), actor=person)
    source = Import.objects.create(
        reader="journal", owner=person, file_name="zoe.csv", status="applied"
    )
    Row.objects.create(source=source, line=2, cells={"texte": "Visite à Lucie"}, verdict="new")
    actions.give_consent(person, actor=person, purpose=Consent.Purpose.DIRECTORY)
    NewsChoice.objects.create(person=person, kind="need", pace="never")
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    a_mail(person, subject="Réunion", body="Bonjour Zoé Roy")
    Message.objects.create(address=EMAIL, subject="Code", body="x")
    mandate.status = status
    mandate.save()
    return person


def archive_of(person):
    page = signed_in(person).post("/compte/renseignements/emporter/")
    return page, zipfile.ZipFile(io.BytesIO(b"".join(page.streaming_content)))


def whole(archive):
    return json.loads(archive.read("renseignements.json"))


def table(archive, name):
    text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_one_takes_along_all_that_is_known_in_each_area():
    page, archive = archive_of(zoe())

    known = whole(archive)
    assert page["Content-Disposition"] == 'attachment; filename="renseignements-2026-11-23.zip"'
    assert archive.testzip() is None
    assert {name for name, rows in known.items() if not rows} == {
        "moyens",
        "nouvelles-du-matin",
        "plateforme",
        "heures",
        "absences",
        "dispenses",
        "mises-de-cote",
        "competences",
        "affinites",
        "liberations",
        "passations",
        "jumelages",
        "liens",
        "refus",
    }
    assert {f"{name}.csv" for name in known} | {"renseignements.json"} == set(archive.namelist())
    assert known["personne"][0]["nom"] == "Zoé Roy"
    assert {line["texte"] for line in known["journal"]} == {
        "Visite à Lucie",
        "Rencontre de la table",
    }
    assert table(archive, "mandats")[0]["état"] == "terminé"
    assert table(archive, "mandats")[0]["étapes"] == "planning, calls"
    assert "accounts.person.disclosed" in Trace.objects.values_list("verb", flat=True)


def test_nothing_of_the_others_is_taken_along():
    person = zoe()
    other = PersonFactory(name="Marc Autre")
    theirs = MandateFactory(process=Mandate.objects.get().process, resource__person=other)
    log(theirs, text="Secret de Marc")
    a_mail(other, subject="Autre", body="À Marc")

    _page, archive = archive_of(person)

    said = archive.read("renseignements.json").decode()
    assert [word in said for word in ("Zoé", "Marc")] == [True, False]


def test_a_long_journal_streams():
    person = zoe()
    line = Intervention.objects.first()
    Intervention.objects.bulk_create(
        Intervention(
            resource=line.resource, process=line.process, on=TODAY, quarters=4, text="x" * 400
        )
        for _ in range(5_000)
    )
    stream = stream_archive(person)
    next(stream)

    tracemalloc.start()
    for _piece in stream:
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 3_000_000


def test_signed_out_or_for_another_there_is_nothing(client):
    person = zoe()

    for rest in ("", "emporter/", "effacer/"):
        assert client.post(f"/compte/renseignements/{rest}").status_code == 302
    with pytest.raises(Refused, match="elle y trouve ses renseignements"):
        actions.disclose_person(person, actor=PersonFactory(), today=TODAY)
    with pytest.raises(Refused, match="elle y trouve ses renseignements"):
        actions.forget_person(person, actor=PersonFactory(), today=TODAY)

    assert Person.objects.get(pk=person.pk).name == "Zoé Roy"


def ask(person, **typed):
    address = "/compte/renseignements/effacer/"
    return signed_in(person).post(address, {"email": EMAIL, "is_sure": "on", **typed})


def everything_said():
    """Return every text of the database where a name could hide, but for the sealed trail."""
    texts = []
    for model in (Person, Message, Import, Row, Intervention, SearchEntry, EmailAddress, Item):
        texts += [str(row) for row in model.objects.values()]
    texts += [str(m.resource) for m in Mandate.objects.all()]
    return "\n".join(texts)


def test_one_is_forgotten_and_the_history_keeps_a_label():
    person = zoe()
    for line in Intervention.objects.all():
        search.index(line)
    Capacity.objects.create(
        resource=person.resource, quarters_per_week=40, starts_on=TODAY, ends_on=TODAY
    )

    page = ask(person)

    said = everything_said()
    found = Person.objects.get(pk=person.pk)
    assert page.url == "/"
    assert [word in said for word in ("Zoé", EMAIL, "555-0199", "Lucie")] == [False] * 4
    assert (found.name, found.is_active) == (printed(f"Personne n° {person.pk}"), False)
    assert not found.has_usable_password()
    mandate = Mandate.objects.get()
    assert mandate.resource.name == printed(
        f"organisatrice ou organisateur communautaire (n° {mandate.resource.pk})"
    )
    assert sorted(Intervention.objects.values_list("text", "quarters")) == [
        ("(texte retiré)", 3),
        ("Rencontre de la table", 3),
    ]
    assert [seat.ends_on for seat in found.seats.all()] == [TODAY]
    assert [one.ends_on for one in found.memberships.all()] == [TODAY]
    assert Consent.objects.get().withdrawn_at is not None
    assert not Capacity.objects.exists()
    assert "accounts.person.forgotten" in Trace.objects.values_list("verb", flat=True)


def test_who_is_forgotten_signs_in_no_more():
    person = zoe()
    elsewhere = signed_in(person)

    ask(person)

    assert elsewhere.get("/compte/").status_code == 302


def test_the_page_says_what_stays_before_one_confirms():
    page = signed_in(zoe()).get("/compte/renseignements/").text

    for sentence in ("Vos mandats passés", "La trace des gestes", "Ce que vos imports ont écrit"):
        assert sentence in page
    assert "À régler d’abord" not in page


@pytest.mark.parametrize("typed", [{"email": "autre@example.org"}, {"is_sure": ""}, {"email": ""}])
def test_nothing_goes_without_being_confirmed(typed):
    person = zoe()

    page = ask(person, **typed)

    assert (page.status_code, Person.objects.get(pk=person.pk).name) == (422, "Zoé Roy")


def running_import(person):
    Import.objects.create(reader="journal", owner=person, file_name="b.csv", status="applying")


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [
        (
            lambda person: Mandate.objects.update(status="active"),
            "Vous tenez encore 1 mandat",
        ),
        (
            lambda person: SeatFactory(person=person, role="coordinator"),
            "L’instance n’aurait plus de coordination",
        ),
        (running_import, "Un de vos imports est en cours"),
    ],
)
def test_what_others_lean_on_is_settled_first(obstacle, sentence):
    person = zoe()
    obstacle(person)

    shown = signed_in(person).get("/compte/renseignements/").text
    refused = ask(person)

    assert sentence in shown
    assert (refused.status_code, sentence in refused.text) == (409, True)
    assert Person.objects.get(pk=person.pk).name == "Zoé Roy"


def test_a_demonstration_account_is_not_erased(settings):
    settings.JONCTION_DEMO = True
    person = PersonFactory(email="accompagnement@demo.example")

    with pytest.raises(Refused, match="démonstration"):
        actions.forget_person(person, actor=person, today=TODAY)
