"""The gallery shows every component; errors, notices and the frame speak plainly."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from defusedxml.ElementTree import fromstring
from django import forms
from django.conf import settings
from django.db import OperationalError
from django.template import Context, engines
from django.test import Client, RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from jonction.ui import gallery, views
from jonction.ui.charts import Bar, bars
from jonction.ui.downloads import chart_download
from tests.factories import MandateFactory
from tools.messages import printed

TEMPLATES = Path(__file__).parents[2] / "src/jonction/ui/templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "cotton").glob("*.html"))


def rendered(source, **context):
    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


@pytest.fixture
def shown(settings, client, db):
    settings.JONCTION_DEMO = True
    return client


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_opens_with_what_it_is_and_names_its_props(name):
    first, *rest = (TEMPLATES / "cotton" / f"{name}.html").read_text().splitlines()

    assert re.fullmatch(r"\{# .+\. #\}", first)
    used = set(re.findall(r"{{ ?(\w+)|{% (?:if|for \w+ in) (\w+)", "\n".join(rest)))
    assert not used or rest[0].startswith("<c-vars") or name in {"mark", "styles"}


@pytest.mark.parametrize("name", [c for c in COMPONENTS if c not in {"mark", "styles"}])
def test_the_gallery_shows_every_component(name):
    tag = f"<c-{name.replace('_', '-')}"
    source = (TEMPLATES / "ui/gallery.html").read_text()
    form = (TEMPLATES / "forms/form.html").read_text()

    assert re.search(rf"{tag}[ />]", source + form)


def test_the_gallery_renders_without_a_tag_left_uncompiled(shown):
    page = shown.get("/ui/")

    assert page.status_code == 200
    assert "<c-" not in page.text
    assert not re.search(r">\s*None\s*<", page.text)
    assert not re.search(r"\s(style|on[a-z]+)=", page.text)
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))


def test_every_link_inside_the_gallery_leads_somewhere(shown):
    page = shown.get("/ui/").text
    ids = set(re.findall(r'\sid="([^"]+)"', page))

    errors = page[page.index('class="form-errors"') :]
    links = re.findall(r'<li><a href="#([^"]+)"', errors[: errors.index("</ul>")])

    assert len(links) == 6
    assert set(links) <= ids


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_a_picture_leaves_as_a_file(shown, kind):
    answer = shown.get("/ui/image/thread/", {"forme": kind})

    name = f'attachment; filename="le-fil-de-laccompagnement.{kind}"'
    starts = {"svg": b"<svg", "png": b"\x89PNG\r\n\x1a\n", "csv": b"\xef\xbb\xbfQui"}
    assert answer.headers["Content-Disposition"] == name
    assert answer.content.startswith(starts[kind])


def test_an_unknown_file_or_picture_is_not_found(shown):
    assert shown.get("/ui/image/thread/", {"forme": "exe"}).status_code == 404
    assert shown.get("/ui/image/rien/").status_code == 404


def test_a_title_without_letters_still_names_its_file():
    answer = chart_download(bars("…", "", items=[Bar("a", 1)], headers=("a", "b")), "svg")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="jonction.svg"'
    assert fromstring(answer.content).get("aria-label") == "…"


def test_a_gesture_that_is_refused_gives_its_reason_instead_of_a_button():
    source = '<c-gesture label="Accepter" url="/x/" :verdict="verdict" />'

    refused = rendered(source, verdict=gallery.everything()["refusal"])
    offered = rendered(source, verdict=gallery.everything()["yes"])

    assert "<button" not in refused
    assert "Seule la personne sollicitée" in refused
    assert '<form class="gesture" method="post" action="/x/">' in offered


@pytest.mark.parametrize(
    ("props", "said"),
    [
        (':start="start" :end="end"', "du 1er avril 2026 au 12 janvier 2027"),
        (':start="start"', "depuis le 1er avril 2026"),
        (':end="end"', "jusqu’au 12 janvier 2027"),
        ("", "sans date"),
    ],
)
def test_a_period_is_said_as_one_says_it(props, said):
    page = rendered(f"<c-period {props} />", **gallery.everything())

    assert said in page


@pytest.mark.parametrize(("size", "said"), [(7, "7 o"), (245_760, "246 ko"), (2_420_000, "2,4 Mo")])
def test_a_weight_is_said_in_octets_of_a_thousand(size, said):
    assert rendered("{% load ui %}{{ size|weight }}", size=size) == printed(said)


@pytest.mark.parametrize(
    ("amount", "said"), [("1250000.50", "1 250 000,50 $"), ("900.00", "900 $")]
)
def test_money_is_written_as_french_does(amount, said):
    shown = rendered("{% load ui %}{{ amount|money }}", amount=Decimal(amount))

    assert re.sub(r"\s", " ", shown) == said
    assert " " not in shown


def test_a_list_that_never_had_a_row_offers_neither_order_nor_file():
    listing = SimpleNamespace(rows=[], all_link="", notice="")
    page = '<c-listing :listing="listing" label="x"><c-slot name="empty">Rien</c-slot></c-listing>'

    assert rendered(page, listing=listing).split() == ["Rien"]


def test_each_cell_of_a_list_says_its_head_for_who_reads_it_on_a_phone():
    listing = gallery.everything()["listing"]
    rows = "<tr><th scope='row'>Maison</th><td>Famille</td><td><b>38</b></td></tr>" * 2

    page = rendered(f'<c-listing :listing="listing" label="x">{rows}</c-listing>', listing=listing)

    assert page.count('<td data-label="Secteur">Famille</td><td data-label="Heures"><b>') == 2
    assert "data-label" not in page.split("<tbody>")[0]


@pytest.mark.django_db
def test_the_title_of_a_page_says_first_that_something_is_to_correct(client):
    person = MandateFactory().resource.person
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])

    before = client.get("/accompagnement/journal/").text
    after = client.post("/accompagnement/journal/noter/", {}).text

    assert "<title>Journal – Jonction</title>" in before
    assert printed("<title>Erreur : Noter – Jonction</title>") in after
    assert '<a href="#id_stages_0">' in after
    assert 'id="id_stages_0"' in after


def test_a_form_kept_elsewhere_can_be_announced():
    template = "{% load ui %}{% has_errors as wrong %}{{ wrong }}"

    assert engines["django"].engine.from_string(template).render(Context({"has_errors": True})) == (
        "True"
    )
    assert engines["django"].engine.from_string(template).render(Context({})) == "False"


def test_an_error_stands_after_its_label_and_no_colon_follows_a_question():
    class Ask(forms.Form):
        said = forms.CharField(label="Qu’avez-vous fait ?")
        length = forms.CharField(label="Durée")

    block = rendered('<c-form-errors :form="form" />', form=Ask({}))

    said = [re.sub("<[^>]+>", "", line) for line in re.findall("<li>.*?</li>", block)]
    assert said == [
        "Qu’avez-vous fait ? Ce champ est obligatoire.",
        "Durée\u00a0: Ce champ est obligatoire.",
    ]


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (OperationalError("locked"), 503, "Jonction ne peut pas répondre pour l’instant"),
        (ValueError("oops"), 500, "Quelque chose s’est brisé de notre côté"),
    ],
)
def test_a_failure_is_said_in_french_without_the_database(error, status, sentence):
    try:
        raise error
    except type(error):
        answer = views.failure(RequestFactory().get("/"))

    assert answer.status_code == status
    assert sentence in answer.text


@pytest.mark.django_db
def test_an_address_that_only_receives_says_so_to_who_opens_it(client):
    page = client.get("/langue/")

    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "<h1>Rien à lire à cette adresse</h1>" in page.text


def test_a_name_that_is_not_ours_is_told_to_who_installs(client):
    page = client.get("/", headers={"host": "inconnu.example"})

    assert page.status_code == 400
    assert "Jonction ne répond pas sous cette adresse" in page.text
    assert "JONCTION_HOSTS" in page.text


@pytest.mark.django_db
def test_every_page_leads_to_accessibility_and_privacy(client):
    page = client.get("/").text

    assert 'href="/accessibilite/"' in page
    assert 'href="/confidentialite/"' in page
    assert "Loi 25" in client.get("/confidentialite/").text


@pytest.mark.django_db
def test_a_phone_finds_the_same_entries_in_its_menu(client):
    page = client.get("/").text

    bar, menu = re.findall(r'<nav [^>]*aria-label="Principale">(.*?)</nav>', page, re.DOTALL)
    assert bar == menu
    assert bar.count("<a ") == 5


@pytest.mark.django_db
def test_a_visitor_is_led_only_to_what_is_open_to_all(client):
    page = client.get("/").text

    (bar, _menu) = re.findall(r'<nav [^>]*aria-label="Principale">(.*?)</nav>', page, re.DOTALL)
    assert {client.get(to).status_code for to in re.findall(r'href="([^"]+)"', bar)} == {200}


@pytest.mark.django_db
def test_who_signed_in_finds_every_entry(client):
    person = MandateFactory().resource.person
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])

    bar = client.get("/").text.split('aria-label="Principale">')[1]

    entries = [below for entry in settings.NAVIGATION for below in entry.get("below", [entry])]
    assert bar.split("</nav>")[0].count("<a ") == len(entries)


@pytest.mark.django_db
def test_a_page_left_open_too_long_is_told_in_french(settings):
    settings.JONCTION_DEMO = True

    answer = Client(enforce_csrf_checks=True).post("/demo/connexion/", {"role": "table"})

    assert answer.status_code == 403
    assert "<h1>Cette page est restée ouverte trop longtemps</h1>" in answer.text


@pytest.mark.django_db
def test_outside_the_demonstration_its_door_does_not_exist_token_or_not():
    answer = Client(enforce_csrf_checks=True).post("/demo/connexion/", {"role": "table"})

    assert answer.status_code == 404


def test_an_evening_is_dated_of_that_evening_not_of_the_next_day():
    template = engines["django"].from_string("{% load ui %}{{ when|day }}")

    said = [
        template.render({"when": when})
        for when in (datetime(2026, 11, 28, 1, 30, tzinfo=UTC), date(2026, 11, 28))
    ]

    assert said == ["27 novembre 2026", "28 novembre 2026"]
