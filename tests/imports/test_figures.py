"""The figures of places, from a spreadsheet to the page of a place and back."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.imports.models import Import
from jonction.imports.queries import tally_of, unknown_names
from jonction.territories.actions import load_places
from jonction.territories.models import Figure, Indicator, Place
from tests.core.spreadsheets import workbook
from tests.factories import AllianceFactory, BodyFactory, PersonFactory
from tests.imports.test_journal import apply, send  # noqa: F401 - a fixture
from tests.support.test_mandates import coordinator_of
from tools.messages import printed

pytestmark = pytest.mark.django_db

HEADER = "MRC;Indicateur;Année;Valeur;Source\n"
SOURCE = "Chiffres inventés"


@pytest.fixture
def table():
    load_places()
    return BodyFactory(
        alliance=AllianceFactory(region=Place.objects.get(code="R01")), level="regional"
    )


def bring(send, table, lines, *, source="", name="chiffres.csv"):  # noqa: F811
    body = (HEADER + lines).encode() if isinstance(lines, str) else lines
    page = send(
        coordinator_of(table),
        "/imports/nouveau/chiffres/",
        file=SimpleUploadedFile(name, body),
        alliance=table.alliance.pk,
        source=source,
    )
    return page, Import.objects.order_by("pk").last()


def test_figures_are_read_as_people_write_them_and_taken_back(send, table):  # noqa: F811
    lines = (
        "La Mitis;Population;2021;18 210;Chiffres inventés\n"
        "La Matanie;low_income;2021-2023;21,5 %;\n"
    )
    _, source = bring(send, table, lines, source=SOURCE)
    apply(send, source)

    written = Figure.objects.order_by("pk").values_list(
        "place__name", "indicator__code", "period", "value", "source"
    )

    assert list(written) == [
        ("La Mitis", "population", "2021", Decimal(18210), SOURCE),
        ("La Matanie", "low_income", "2021-2023", Decimal("21.5"), SOURCE),
    ]
    send(source.owner, f"{source.get_absolute_url()}annuler/")
    assert Figure.objects.count() == 0


def test_a_figure_said_again_is_the_same_and_a_new_value_changes_it_and_comes_back(send, table):  # noqa: F811
    line = "La Mitis;Population;2021;{};Chiffres inventés\n"
    apply(send, bring(send, table, line.format(18210))[1])

    _, again = bring(send, table, line.format("18210,0"))
    _, other = bring(send, table, line.format(18300))
    apply(send, other)
    changed = Figure.objects.get().value
    send(other.owner, f"{other.get_absolute_url()}annuler/")

    assert tally_of(again)["same"] == 1
    assert tally_of(other)["changed"] == 1
    assert (changed, Figure.objects.get().value) == (18300, 18210)


def test_undoing_leaves_alone_a_figure_that_somebody_changed_since(send, table):  # noqa: F811
    _, source = bring(send, table, "La Mitis;Population;2021;18210;Chiffres inventés\n")
    apply(send, source)
    Figure.objects.update(value=5)

    send(source.owner, f"{source.get_absolute_url()}annuler/")

    assert Figure.objects.get().value == 5


POOR = "Part de la population à faible revenu"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Laval;Population;2021;5;x", "« Laval » n’est pas un territoire de votre région."),
        ("La Mitis;Bonheur;2021;5;x", "« Bonheur » n’est pas un indicateur connu. On connaît : "),
        ("La Mitis;Population;hier;5;x", "« hier » n’est pas une période"),
        ("La Mitis;Population;2021-2019;5;x", "« 2021-2019 » n’est pas une période"),
        ("La Mitis;Population;2021;beaucoup;x", "« beaucoup » n’est pas un nombre."),
        ("La Mitis;Population;2021;5;", "Il manque la source"),
        ("La Mitis;Population;;5;x", "Il manque la période."),
        ("La Mitis;Population;2021;;x", "Il manque la valeur."),
    ],
)
def test_what_cannot_be_read_says_why(send, table, line, sentence):  # noqa: F811
    _, source = bring(send, table, line + "\n")

    [row] = source.rows.all()
    assert row.verdict == "refused"
    assert row.problems[0][1].startswith(printed(sentence).rstrip())


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("La Mitis;Population;2021;18.210;x", "n’est pas un nombre entier"),
        ("La Mitis;Population;2021;-5;x", "n’est pas un nombre entier"),
        (f"La Mitis;{POOR};2021;124;x", "n’est pas un pourcentage"),
        (f"La Mitis;{POOR};2021;-1 %;x", "n’est pas un pourcentage"),
    ],
)
def test_a_figure_that_lost_its_comma_or_gained_one_is_not_taken(send, table, line, doubt):  # noqa: F811
    _, source = bring(send, table, line + "\n")

    [row] = source.rows.all()
    assert row.verdict == "refused"
    assert doubt in row.problems[0][1]


def test_the_same_figure_twice_in_a_file_is_refused_once(send, table):  # noqa: F811
    _, source = bring(send, table, "La Mitis;Population;2021;5;x\nLa Mitis;Population;2021;6;x\n")

    assert tally_of(source) == {"refused": 1, "new": 1, "changed": 0, "same": 0}


def test_a_name_nearly_right_is_offered_the_place_it_may_be(send, table):  # noqa: F811
    _, source = bring(send, table, "MRC de la Mitis;Population;2021;5;x\n")

    [unknown] = unknown_names(source)
    assert unknown.candidates[0].label == "La Mitis"


def test_a_workbook_with_codes_reads_like_a_csv(send, table):  # noqa: F811
    rows = [
        ["Code géographique", "Indicateur", "Année", "Valeur"],
        ["090", "population", 2021, 18210],
    ]
    _, source = bring(send, table, workbook(*rows), source=SOURCE, name="chiffres.xlsx")

    [row] = source.rows.all()
    assert row.problems == []
    assert row.facts["period"] == "2021"


def test_only_a_coordination_brings_figures_in(client, table):
    client.force_login(PersonFactory(), backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/imports/nouveau/chiffres/").status_code == 404


def test_the_page_of_a_place_shows_its_figures_with_source_and_period(client, table):
    place = Place.objects.get(name="La Mitis")
    rate = Indicator.objects.get(code="low_income")
    Figure.objects.create(place=place, indicator=rate, period="2021", value="21.5", source=SOURCE)

    page = client.get(place.get_absolute_url()).text

    assert [
        w for w in (rate.name, "21,5\N{NO-BREAK SPACE}%", "<td>2021</td>", SOURCE) if w not in page
    ] == []
