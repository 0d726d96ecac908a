"""The field journal, as it is lived: no network, two tabs, a lost answer, a wrong clock."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from jonction.support.models import Intervention
from tests.factories import TODAY, MandateFactory
from tests.journeys.conftest import accessible
from tests.journeys.field.phone import FIELD, NOON, badges, status, write, written_offline
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_note_written_without_network_leaves_when_it_comes_back(phone):
    page = written_offline(phone)
    expect(status(page)).to_contain_text("Pas de réseau")
    accessible(page)
    assert Intervention.objects.count() == 0

    phone.lose_network(is_lost=False)

    expect(badges(page)).to_have_text(["envoyé"])
    expect(status(page)).to_have_text("Tout est dans le journal.")
    accessible(page)
    line = Intervention.objects.get()
    assert (line.text, line.on, line.quarters) == ("appel Matanie 30 min", TODAY, 2)
    page.get_by_role("link", name="Voir la ligne").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("appel Matanie 30 min")


def test_the_day_that_the_words_say_is_not_asked_again(phone):
    page = phone.is_ready(phone.opened())
    phone.lose_network()
    write(page, "appel Matanie 30 min hier")
    write(page, "appel Matanie 45 min hier", Jour="2026-11-20")
    expect(badges(page)).to_have_text(["en attente"] * 2)

    phone.lose_network(is_lost=False)

    expect(badges(page)).to_have_text(["à choisir", "envoyé"])
    assert Intervention.objects.get().on == TODAY - timedelta(days=1)


def test_the_journal_opens_without_network_and_offers_the_processes(phone, person):
    other = MandateFactory(resource=person.resource, process__name="Démarche de La Mitis")
    page = phone.is_ready(phone.opened())
    phone.lose_network()

    page.goto(FIELD)
    expect(page.get_by_role("banner")).not_to_contain_text(person.name)
    accessible(page)
    page.get_by_role("radio", name="Démarche de La Mitis").check()
    write(page, "café 45 min", Jour="2026-11-20")
    expect(badges(page)).to_have_text(["en attente"])
    page.close()
    phone.lose_network(is_lost=False)
    page = phone.opened()

    expect(badges(page)).to_have_text(["envoyé"])
    line = Intervention.objects.get()
    assert (line.process, line.on.isoformat()) == (other.process, "2026-11-20")


def test_a_note_typed_before_the_drawer_is_open_is_kept(phone):
    page = phone.is_ready(phone.opened())
    phone.lose_network()
    page.add_init_script("""addEventListener("DOMContentLoaded", () => {
      const form = document.querySelector("#field-form");
      form.elements.text.value = "appel Matanie 30 min";
      form.requestSubmit();
    });""")

    page.goto(FIELD)

    expect(badges(page)).to_have_text(["en attente"])


def test_two_taps_make_one_note(phone):
    page = phone.is_ready(phone.opened())
    phone.lose_network()
    page.get_by_label("Qu’avez-vous fait ?").fill("appel Matanie 30 min")

    page.evaluate("""() => {
      const form = document.querySelector("#field-form");
      form.requestSubmit();
      form.requestSubmit();
    }""")

    expect(page.get_by_label("Qu’avez-vous fait ?")).to_have_value("")
    expect(status(page)).to_contain_text("Pas de réseau")
    expect(badges(page)).to_have_text(["en attente"])


def test_two_tabs_send_once(phone):
    pages = [phone.is_ready(phone.opened()) for _ in range(2)]
    phone.lose_network()
    for number, page in enumerate(pages):
        write(page, f"appel {number + 1} Matanie 30 min")
    for page in pages:
        expect(badges(page)).to_have_text(["en attente"] * 2)
    sent = []  # what was answered: a request that still meets no network is asked again
    phone.context.on("requestfinished", lambda asked: sent.extend(phone.notes_in(asked)))

    phone.lose_network(is_lost=False)
    for page in pages:
        page.evaluate("dispatchEvent(new Event('online'))")

    for page in pages:
        expect(badges(page)).to_have_text(["envoyé"] * 2)
    assert len(sent) == len(set(sent)) == 2
    assert sorted(Intervention.objects.values_list("text", flat=True)) == [
        "appel 1 Matanie 30 min",
        "appel 2 Matanie 30 min",
    ]


def test_the_journal_is_ready_to_be_installed_and_drops_what_it_kept_before(phone):
    page = phone.context.new_page()
    page.goto("/confidentialite/")
    page.evaluate("caches.open('terrain-vieux').then(drawer => drawer.add('/confidentialite/'))")

    page = phone.is_ready(phone.opened())

    installed = phone.context.new_cdp_session(page).send("Page.getAppManifest")
    assert installed["errors"] == []
    assert installed["url"].endswith("/terrain/application.webmanifest")
    page.wait_for_function("caches.keys().then(k => k.length === 1 && k[0] !== 'terrain-vieux')")
    agents = "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))"
    assert page.evaluate(agents) == [f"{phone.address}{FIELD}"]


def test_a_sentence_interrupted_is_found_again_then_leaves_with_its_note(phone):
    page = phone.is_ready(phone.opened())
    page.get_by_label("Qu’avez-vous fait ?").fill("appel Matanie 30")
    assert phone.has_draft(page)
    assert "appel" not in phone.drawer(page)["bytes"]
    page.close()
    phone.lose_network()

    page = phone.opened()
    field = page.get_by_label("Qu’avez-vous fait ?")
    expect(field).to_have_value("appel Matanie 30")
    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["en attente"])
    page.goto(FIELD)

    expect(badges(page)).to_have_text(["en attente"])
    expect(field).to_have_value("")


def test_a_note_too_long_is_not_cut_and_stays_in_the_field(phone):
    page = phone.is_ready(phone.opened())

    write(page, "a" * 501)

    field = page.get_by_label("Qu’avez-vous fait ?")
    assert field.evaluate("f => f.validationMessage").startswith("500 signes au plus")
    expect(field).to_have_value("a" * 501)
    expect(badges(page)).to_have_count(0)
    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["envoyé"])


def lost_answer(page):
    """Let the server write, and lose its answer on the way back."""

    def lose(route):
        route.fetch()
        route.abort()

    page.context.route("**/terrain/envoi/", lose, times=1)


def test_an_answer_lost_on_the_way_back_does_not_note_twice(phone):
    page = phone.is_ready(phone.opened())
    lost_answer(page)
    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["en attente"])
    expect(status(page)).to_contain_text("Pas de réseau")
    assert Intervention.objects.count() == 1

    page.get_by_role("button", name="Envoyer maintenant").tap()

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.count() == 1


def test_a_note_changed_after_a_lost_answer_is_shown_beside_the_line(phone):
    page = phone.is_ready(phone.opened())
    lost_answer(page)
    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["en attente"])
    page.get_by_role("button", name="Corriger").tap()
    write(page, "deux appels Matanie 30 min")

    expect(badges(page)).to_have_text(["en conflit"])
    sides = page.locator(".sides")
    expect(sides).to_contain_text("deux appels Matanie 30 min")
    expect(sides).to_contain_text("appel Matanie 30 min (Démarche de La Matanie, 23 novembre 2026")
    accessible(page)
    page.get_by_role("button", name="Noter aussi celle-ci").tap()

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.count() == 2


def test_what_the_journal_already_says_is_kept_once(phone, person):
    log(person.resource.mandates.get(), text="appel Matanie 30 min")
    page = phone.is_ready(phone.opened())

    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["en conflit"])
    page.get_by_role("button", name="Garder celle de Jonction").tap()

    expect(badges(page)).to_have_count(0)
    assert Intervention.objects.count() == 1


def test_a_refused_note_is_kept_and_corrected(phone, person):
    log(person.resource.mandates.get(), quarters=96)
    page = phone.is_ready(phone.opened())

    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["refusé"])
    expect(page.locator("#notes")).to_contain_text("dépasserait 24 heures")
    accessible(page)
    page.get_by_role("button", name="Corriger").tap()
    accessible(page)
    write(page, "appel Matanie 30 min", Jour="2026-11-22")

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.filter(on=TODAY - timedelta(days=1)).count() == 1


def test_a_process_chosen_once_is_not_chosen_for_the_next_note(phone, person):
    MandateFactory(resource=person.resource, process__name="Démarche de La Mitis")
    page = phone.is_ready(phone.opened())
    page.get_by_role("radio", name="Démarche de La Mitis").check()

    write(page, "café 45 min")

    expect(badges(page)).to_have_text(["envoyé"])
    expect(page.get_by_role("radio", name="la phrase le dit")).to_be_checked()
    write(page, "visite 1h")
    expect(badges(page)).to_have_text(["à choisir", "envoyé"])
    expect(page.locator("#notes").get_by_label("Démarche")).to_have_value("")


def test_a_correction_begun_before_the_network_came_back_is_not_lost(phone):
    page = written_offline(phone)
    page.get_by_role("button", name="Corriger").tap()
    page.get_by_label("Qu’avez-vous fait ?").fill("appel Matanie 1h15")
    phone.lose_network(is_lost=False)
    expect(badges(page)).to_have_text(["envoyé"])

    page.get_by_label("Qu’avez-vous fait ?").press("Enter")

    expect(badges(page)).to_have_text(["en conflit"])
    expect(page.locator(".sides")).to_contain_text("appel Matanie 1h15")
    expect(page.locator(".sides")).to_contain_text("appel Matanie 30 min (")
    assert Intervention.objects.count() == 1


def test_what_the_sentence_does_not_say_is_asked_on_the_card(phone):
    page = phone.is_ready(phone.opened())
    write(page, "café avec la table")
    expect(badges(page)).to_have_text(["à choisir"])
    accessible(page)

    page.get_by_label("Durée, par exemple 1h30 ou 45 min").fill("1h15")
    page.get_by_role("button", name="Envoyer ainsi").tap()

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.get().quarters == 5


def test_a_clock_that_moves_never_moves_the_day_that_was_chosen(phone):
    page = written_offline(phone)
    phone.set_clock(NOON + timedelta(days=2))
    page.goto(FIELD)
    write(page, "visite Matanie 1h")
    expect(badges(page)).to_have_text(["en attente"] * 2)

    phone.lose_network(is_lost=False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(badges(page)).to_have_text(["à choisir"] * 2)
    reasons = page.locator("#notes [data-part=reason]")
    expect(reasons.nth(0)).to_contain_text("25 novembre 2026, est à venir")
    expect(reasons.nth(1)).to_contain_text("L’horloge de cet appareil n’est pas à l’heure.")
    accessible(page)
    days = page.locator("#notes [name=on]")
    expect(days.nth(1)).to_have_value("2026-11-23")
    page.get_by_role("button", name="Envoyer ainsi").nth(1).tap()
    expect(badges(page)).to_have_text(["à choisir", "envoyé"])
    days.nth(0).fill("2026-11-01")
    page.get_by_role("button", name="Envoyer ainsi").nth(0).tap()

    expect(badges(page)).to_have_text(["envoyé"] * 2)
    expect(page.locator("#notes [data-part=day]").nth(0)).to_contain_text("1er novembre 2026")
    assert dict(Intervention.objects.values_list("text", "on")) == {
        "appel Matanie 30 min": TODAY,
        "visite Matanie 1h": date(2026, 11, 1),
    }


def test_a_mandate_that_ended_meanwhile_is_shown_and_another_chosen(phone, person):
    other = MandateFactory(resource=person.resource, process__name="Démarche de La Mitis")
    ended = person.resource.mandates.exclude(pk=other.pk).get()
    page = phone.is_ready(phone.opened())
    phone.lose_network()
    page.get_by_role("radio", name="Démarche de La Matanie").check()
    write(page, "appel 30 min")
    expect(badges(page)).to_have_text(["en attente"])
    type(ended).objects.filter(pk=ended.pk).update(status="ended", ends_on="2026-11-20")

    phone.lose_network(is_lost=False)
    expect(badges(page)).to_have_text(["en conflit"])
    expect(page.locator(".sides")).to_contain_text("au 20 novembre 2026, terminé")
    accessible(page)
    page.locator("#notes").get_by_label("Démarche").select_option(label="Démarche de La Mitis")
    page.get_by_role("button", name="Envoyer ainsi").tap()

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.get().process == other.process


def test_without_anybody_the_empty_page_says_what_to_do(phone):
    page = phone.is_ready(phone.opened())
    page.evaluate("indexedDB.deleteDatabase('terrain')")
    phone.lose_network()

    page.goto(FIELD)

    expect(status(page)).to_contain_text("ouvrez d’abord cette page une fois avec le réseau")
    expect(page.get_by_role("button", name="Noter")).to_have_count(0)
    accessible(page)


def test_without_javascript_it_is_the_plain_journal(a_phone, person):
    page = a_phone(java_script_enabled=False).held_by(person).opened()

    write(page, "appel Matanie 30 min")
    expect(page.get_by_role("heading", level=1)).to_have_text("Noter ce que j’ai fait")
    page.get_by_role("button", name="Noter", exact=True).tap()

    expect(page.locator("#notice")).to_contain_text("C’est noté.")
    assert Intervention.objects.get().text == "appel Matanie 30 min"


def test_it_holds_in_the_dark(a_phone, person):
    phone = a_phone(color_scheme="dark").held_by(person)
    page = phone.is_ready(phone.opened())
    write(page, "café avec la table")
    expect(badges(page)).to_have_text(["à choisir"])
    accessible(page)
    phone.lose_network()
    write(page, "appel Matanie 30 min")
    expect(badges(page)).to_have_text(["en attente", "à choisir"])
    accessible(page)


@pytest.mark.parametrize(
    ("kind", "body"), [("text/html", "<h1>Portail Wi-Fi</h1>"), ("application/json", "{}")]
)
def test_an_answer_that_is_not_ours_is_said_and_the_note_leaves_later(phone, kind, body):
    page = phone.is_ready(phone.opened())
    phone.context.route(
        "**/terrain/envoi/",
        lambda road: road.fulfill(status=200, content_type=kind, body=body),
    )
    write(page, "appel Matanie 30 min")
    expect(status(page)).to_contain_text("Jonction ne répond pas comme il faut")
    expect(badges(page)).to_have_text(["en attente"])

    phone.context.unroute("**/terrain/envoi/")
    page.get_by_role("button", name="Envoyer maintenant").tap()

    expect(badges(page)).to_have_text(["envoyé"])
    assert Intervention.objects.count() == 1


def test_the_journal_opens_without_network_in_the_language_of_its_person(phone, person):
    person.language = "en"
    person.save()
    page = phone.is_ready(phone.opened())
    phone.lose_network()

    page.goto(FIELD)

    expect(page.get_by_role("heading", level=1)).to_have_text("Field journal")
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")


def test_a_browser_that_keeps_nothing_says_so_and_notes_as_the_plain_journal_does(phone):
    phone.context.add_init_script(
        "indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }"
    )
    page = phone.opened()
    expect(status(page)).to_contain_text("Cet appareil ne peut rien garder ici")

    write(page, "appel Matanie 30 min")

    expect(page.get_by_role("heading", level=1)).to_have_text("Noter ce que j’ai fait")
    expect(page.get_by_label("Qu’avez-vous fait ?")).to_have_value("appel Matanie 30 min")


def test_leaving_a_correction_gives_the_focus_back_to_the_field(phone):
    page = written_offline(phone)
    page.get_by_role("button", name="Corriger").focus()
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Laisser cette correction").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_label("Qu’avez-vous fait ?")).to_be_focused()
