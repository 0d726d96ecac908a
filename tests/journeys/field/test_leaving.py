"""What a shared phone keeps: words that are sealed, of one account, and nothing once one leaves."""

import pytest
from playwright.sync_api import expect

from jonction.support.models import Intervention
from tests.factories import MandateFactory
from tests.journeys.conftest import accessible
from tests.journeys.field.phone import EMPTY, FIELD, badges, status, write, written_offline

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_are_sealed_on_the_phone_and_only_the_empty_page_is_kept(phone, person):
    page = written_offline(phone, "Rencontre confidentielle avec Rose 30 min")

    drawer = phone.drawer(page)

    [row] = drawer["rows"]["notes"]
    assert (row["state"], row["uuid"] != "") == ("waiting", True)
    assert '"key":false' in drawer["bytes"]  # no script can read it out
    for secret in ("confidentielle", "Rose", "Matanie", person.name, person.email):
        assert secret not in drawer["bytes"]
    addresses = [url.removeprefix(phone.address) for url in drawer["kept"]]
    assert {a for a in addresses if not a.startswith("/static/")} == {
        f"{FIELD}hors-reseau/?langue=fr"
    }
    assert (drawer["local"], drawer["session"]) == ({}, {})
    assert phone.cookies()["terrain-attente"] == "1"


def test_a_note_that_was_tampered_with_is_not_read_nor_sent_and_can_be_erased(phone):
    page = written_offline(phone)
    page.evaluate(
        """() => new Promise(hold => {
          indexedDB.open("terrain").onsuccess = ({target: {result: base}}) => {
            const notes = base.transaction("notes", "readwrite").objectStore("notes");
            notes.getAll().onsuccess = ({target: {result: [row]}}) => {
              new Uint8Array(row.box)[0] ^= 1;
              notes.put(row).onsuccess = () => hold(base.close());
            };
          };
        })"""
    )
    phone.lose_network(is_lost=False)

    page.goto(FIELD)
    expect(badges(page)).to_have_text(["illisible"])
    accessible(page)
    page.get_by_text("Effacer", exact=True).tap()
    page.get_by_role("button", name="Effacer pour de bon").tap()

    expect(badges(page)).to_have_count(0)
    assert Intervention.objects.count() == 0


def is_empty(phone, page):
    """Look at all that a browser can keep, once the phone says that it kept nothing."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez quitté")
    expect(page.locator("[data-part=status]")).to_contain_text("ne garde plus rien")
    accessible(page)
    assert phone.left(page) == EMPTY
    assert not {"terrain", "terrain-attente", "sessionid"} & set(phone.cookies())


def leave(page):
    page.get_by_role("button", name="Quitter", exact=True).first.tap()


def test_nothing_stays_on_the_phone_after_one_leaves(phone):
    page = phone.is_ready(phone.opened())
    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["envoyé"])

    leave(page)

    is_empty(phone, page)
    assert Intervention.objects.count() == 1


def test_the_header_of_the_sign_out_is_enough_to_empty_the_browser(phone):
    page = phone.is_ready(phone.opened())
    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["envoyé"])
    phone.context.route("**/field/leave*.js", lambda route: route.abort())

    leave(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez quitté")

    assert phone.left(page) == EMPTY


def test_leaving_with_notes_that_wait_asks_and_sends_them(phone):
    page = written_offline(phone)
    page.context.route("**/terrain/envoi/", lambda route: route.abort())
    phone.lose_network(is_lost=False)

    page.goto("/bureau/")
    leave(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avant de quitter")
    expect(page.get_by_role("main")).to_contain_text("appel Matanie 30 min")
    accessible(page)
    page.get_by_role("button", name="Les envoyer, puis quitter").tap()
    expect(page.locator("[data-part=status]")).to_contain_text("Pas de réseau")
    accessible(page)
    page.context.unroute("**/terrain/envoi/")
    page.get_by_role("button", name="Les envoyer, puis quitter").tap()

    is_empty(phone, page)
    assert Intervention.objects.get().text == "appel Matanie 30 min"


def test_notes_are_erased_only_by_somebody_who_was_told(phone):
    page = phone.is_ready(phone.opened())
    write(page, "café avec la table")
    expect(badges(page)).to_have_text(["à choisir"])

    leave(page)
    page.get_by_text("Les effacer et quitter").tap()
    expect(page.get_by_role("main")).to_contain_text("elles sont perdues")
    accessible(page)
    page.get_by_role("button", name="Effacer et quitter").tap()

    is_empty(phone, page)
    assert Intervention.objects.count() == 0


def test_a_page_left_open_writes_nothing_after_one_leaves(phone):
    left_open, page = (phone.is_ready(phone.opened()) for _ in range(2))
    left_open.get_by_label("Qu’avez-vous fait ?").fill("mots confidentiels 30 min")

    leave(page)

    is_empty(phone, page)
    expect(left_open.get_by_role("heading", level=1)).to_have_text("Se connecter")
    assert "confidentiels" not in left_open.content()


def test_a_session_that_ended_keeps_the_notes_for_their_person(phone, person):
    page = phone.is_ready(phone.opened())
    phone.context.clear_cookies(name="sessionid")

    write(page, "appel Matanie 30 min")
    expect(status(page)).to_contain_text("Votre connexion est terminée.")
    expect(badges(page)).to_have_text(["en attente"])
    accessible(page)
    page.get_by_role("link", name="Me reconnecter").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    phone.held_by(person)
    page.goto(FIELD)

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.get().resource.person == person


def test_leaving_a_page_whose_session_had_ended_erases_nothing_unasked(phone, person):
    page = written_offline(phone)
    phone.context.route("**/terrain/envoi/", lambda route: route.abort())
    phone.lose_network(is_lost=False)
    page.goto("/bureau/")
    phone.context.clear_cookies(name="sessionid")

    leave(page)

    expect(page.get_by_role("main")).to_contain_text("rien n’a été effacé")
    accessible(page)
    assert len(phone.drawer(page)["rows"]["notes"]) == 1
    page.get_by_text("Les effacer sans les envoyer").tap()
    accessible(page)
    page.get_by_role("button", name="Effacer pour de bon").tap()
    expect(page.locator("[data-part=status]")).to_contain_text("ne garde plus rien")
    assert phone.left(page) == EMPTY
    assert Intervention.objects.count() == 0


def test_another_account_neither_reads_nor_sends_nor_erases_the_notes(phone, person):
    page = written_offline(phone, "mots confidentiels 30 min")
    other = MandateFactory().resource.person
    phone.held_by(other)
    phone.lose_network(is_lost=False)

    expect(status(page)).to_contain_text("Un autre compte est ouvert sur cet appareil")
    page.goto(FIELD)
    expect(page.locator("#others")).to_contain_text("sous un autre compte")
    expect(badges(page)).to_have_count(0)
    accessible(page)
    assert "confidentiels" not in page.content()
    assert len(phone.drawer(page)["rows"]["keys"]) == 1  # the other's own: the first one left
    leave(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avant de quitter")
    accessible(page)
    page.get_by_role("main").get_by_role("button", name="Quitter", exact=True).tap()
    expect(page.locator("[data-part=status]")).to_contain_text("y restent, scellées")
    rows = phone.drawer(page)["rows"]
    assert (len(rows["notes"]), rows["keys"], rows["kept"]) == (1, [], [])
    assert Intervention.objects.count() == 0
    phone.held_by(person)
    page.goto(FIELD)

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.get().resource.person == person
