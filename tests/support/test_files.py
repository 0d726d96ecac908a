"""The files of a need, a mandate and a process: who adds, opens and removes them."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jonction.core.attachments import attach, attachments_of, detach
from jonction.core.models import Attachment, Trace
from jonction.core.verdicts import Refused
from tests.accounts.test_account import signed_in
from tests.core.test_attachments import GPS, PDF, picture
from tests.factories import BodyFactory, MandateFactory, NeedFactory, PersonFactory, SeatFactory
from tests.support.test_mandates import coordinator_of
from tools.messages import printed

pytestmark = pytest.mark.django_db

PAGES = {
    "besoin": "/accompagnement/besoins/{pk}/",
    "mandat": "/accompagnement/mandats/{pk}/",
    "demarche": "/demarches/{pk}/",
}


def a_file(name="plan.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def a_thing(word):
    """Return a thing that takes files, its page and somebody who takes part in it."""
    mandate = MandateFactory()
    need = NeedFactory(process=mandate.process)
    thing = {"besoin": need, "mandat": mandate, "demarche": mandate.process}[word]
    return thing, PAGES[word].format(pk=thing.pk), mandate.resource.person


def add(person, word, thing, *files):
    address = f"/fichiers/{word}/{thing.pk}/ajouter/"
    return signed_in(person).post(address, {"files": files}, follow=True)


@pytest.mark.parametrize("word", PAGES)
def test_whoever_takes_part_adds_a_file_and_finds_it_on_the_page(word):
    thing, address, person = a_thing(word)
    before = signed_in(person).get(address).text

    page = add(person, word, thing, a_file("Plan d’été.pdf"))

    file = attachments_of(thing).get()
    assert "Aucun fichier pour l’instant" in before
    assert page.redirect_chain == [(f"{address}#fichiers", 302)]
    assert "1 fichier est ajouté." in page.text
    assert f'href="{file.get_absolute_url()}"' in page.text
    assert ("Plan d’été.pdf" in page.text, file.owner) == (True, person)


@pytest.mark.parametrize("word", PAGES)
def test_an_observer_and_a_stranger_find_nothing(word):
    thing, address, person = a_thing(word)
    add(person, word, thing, a_file())
    file = attachments_of(thing).get()
    body = getattr(thing, "process", thing).body
    table = BodyFactory(alliance=body.alliance, level="regional")
    for outsider in (SeatFactory(body=table, role="observer").person, PersonFactory()):
        client = signed_in(outsider)

        answers = [
            client.get(file.get_absolute_url()).status_code,
            client.post(f"{file.get_absolute_url()}retirer/").status_code,
            client.post(f"/fichiers/{word}/{thing.pk}/ajouter/", {"files": a_file()}).status_code,
        ]

        assert answers == [404, 404, 404]
        assert "Fichiers</h2>" not in client.get(address).text

    assert attachments_of(thing).count() == 1


def test_a_file_refused_says_why_and_the_others_are_kept():
    thing, _address, person = a_thing("besoin")

    page = add(
        person, "besoin", thing, a_file(), a_file("faux.pdf", picture()), a_file("vide.txt", b"")
    )

    assert "1 fichier est ajouté." in page.text
    assert (
        printed("« faux.pdf » : Le contenu de ce fichier ne correspond pas à son nom") in page.text
    )
    assert printed("« vide.txt » : Ce fichier est vide.") in page.text
    assert [file.name for file in attachments_of(thing)] == ["plan.pdf"]


def test_a_form_sent_empty_says_what_to_do():
    thing, _address, person = a_thing("besoin")

    assert "Choisissez d’abord un fichier." in add(person, "besoin", thing).text


def test_a_photo_loses_its_place_on_the_way():
    thing, _address, person = a_thing("demarche")
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (48.0, 26.0, 0.0)}

    add(person, "demarche", thing, a_file("photo.jpg", picture("JPEG", exif=exif)))

    kept = Image.open(io.BytesIO(attachments_of(thing).get().file.read()))
    assert dict(kept.getexif()) == {}


def test_one_removes_her_own_file_and_a_trace_stays(django_capture_on_commit_callbacks):
    thing, address, person = a_thing("besoin")
    add(person, "besoin", thing, a_file())
    file = attachments_of(thing).get()
    stored, client = file.file.name, signed_in(person)

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{file.get_absolute_url()}retirer/", follow=True)

    assert page.redirect_chain == [(f"{address}#fichiers", 302)]
    assert "Le fichier est retiré." in page.text
    assert (Attachment.objects.exists(), default_storage.exists(stored)) == (False, False)
    assert "core.attachment.removed" in Trace.objects.values_list("verb", flat=True)


def test_the_file_of_another_is_removed_by_the_coordination_alone():
    thing, address, person = a_thing("mandat")
    member = SeatFactory(body=thing.process.body).person
    coordinator = coordinator_of(thing.process.body)
    add(person, "mandat", thing, a_file())
    file = attachments_of(thing).get()

    offered = [
        "Retirer ce fichier" in signed_in(one).get(address).text
        for one in (person, member, coordinator)
    ]
    refused = signed_in(member).post(f"{file.get_absolute_url()}retirer/")

    assert offered == [True, False, True]
    assert (refused.status_code, Attachment.objects.count()) == (409, 1)
    signed_in(coordinator).post(f"{file.get_absolute_url()}retirer/")
    assert not Attachment.objects.exists()


def test_a_file_removed_meanwhile_is_said():
    thing, _address, person = a_thing("besoin")
    file = attach(thing, a_file(), actor=person)
    detach(Attachment.objects.get(), actor=person)

    with pytest.raises(Refused, match="vient d’être retiré"):
        detach(file, actor=person)


def test_a_stranger_attaches_nothing():
    thing, _address, _person = a_thing("besoin")

    with pytest.raises(Refused, match="prennent part"):
        attach(thing, a_file(), actor=PersonFactory())


@pytest.mark.parametrize("word", ["alerte", "", "autre"])
def test_only_declared_things_take_files(word):
    person = PersonFactory()

    page = signed_in(person).post(f"/fichiers/{word or 'x'}/1/ajouter/", {"files": a_file()})

    assert page.status_code == 404


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("word", "queries"), [("besoin", 12), ("mandat", 13), ("demarche", 12)])
def test_the_page_costs_the_same_for_one_file_or_thirty(
    word, queries, count, django_assert_num_queries
):
    thing, address, person = a_thing(word)
    for n in range(count):
        attach(thing, a_file(f"plan-{n}.pdf"), actor=person)
    client = signed_in(person)

    with django_assert_num_queries(queries):
        page = client.get(address)

    assert page.text.count("Retirer ce fichier") == count
