"""The lists of organisations that people keep, from the file to the sheets and back."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.governance.models import Organisation
from jonction.imports.models import Import
from jonction.imports.queries import tally_of, unknown_names
from jonction.territories.actions import load_places
from jonction.territories.models import Place
from tests.factories import AllianceFactory, BodyFactory, OrganisationFactory, SeatFactory
from tests.imports.test_journal import SAMPLES, apply, send  # noqa: F401 - a fixture
from tests.support.test_mandates import coordinator_of
from tools.messages import printed

pytestmark = pytest.mark.django_db

HEADER = "Nom légal;NEQ;Type;MRC;Téléphone;Courriel;Budget annuel\n"


@pytest.fixture
def table():
    """Return the regional table of an Alliance of the Bas-Saint-Laurent, among the real places."""
    load_places()
    region = Place.objects.get(code="R01")
    return BodyFactory(alliance=AllianceFactory(region=region), level="regional")


def bring(send, table, content, person=None):  # noqa: F811
    body = content.encode() if isinstance(content, str) else content
    person = person or coordinator_of(table)
    page = send(
        person,
        "/imports/nouveau/organismes/",
        file=SimpleUploadedFile("organismes.csv", body),
        alliance=table.alliance.pk,
    )
    return page, Import.objects.order_by("pk").last()


def test_the_list_is_read_with_its_duplicate_its_bad_row_and_its_former_name(send, table):  # noqa: F811
    _, source = bring(send, table, (SAMPLES / "organisations.csv").read_bytes())

    assert tally_of(source) == {"refused": 2, "new": 139, "changed": 0, "same": 0}
    assert next(
        (row.line, [problem[:2] for problem in row.problems])
        for row in source.rows.filter(verdict="refused")
    ) == (7, [["neq", printed("« 12 » n’est pas un NEQ : il en faut les dix chiffres.")]])
    assert "déjà plus haut" in source.rows.filter(verdict="refused").last().problems[0][1]
    former = source.rows.get(line=11)
    assert Place.objects.get(pk=former.facts["place"]).name == "Beauce-Centre"


def test_what_is_written_is_what_the_file_says_and_it_can_be_taken_back(send, table):  # noqa: F811
    _, source = bring(send, table, (SAMPLES / "organisations.csv").read_bytes())
    apply(send, source)
    first = Organisation.objects.get(neq="1133026102")
    used = Organisation.objects.get(neq="1182238171")
    SeatFactory(body=table, organisation=used)

    send(source.owner, f"{source.get_absolute_url()}annuler/")

    assert (first.name, first.annual_budget) == ("Moisson L’Arrimage", Decimal("95422.00"))
    assert [organisation.neq for organisation in Organisation.objects.all()] == ["1182238171"]


def test_the_same_file_again_brings_nothing(send, table):  # noqa: F811
    content = (SAMPLES / "organisations.csv").read_bytes()
    apply(send, bring(send, table, content)[1])

    _, again = bring(send, table, content)

    assert tally_of(again) == {"refused": 2, "new": 0, "changed": 0, "same": 139}


def test_a_sheet_is_known_by_its_number_and_changes(send, table):  # noqa: F811
    place = Place.objects.get(name="La Mitis")
    known = OrganisationFactory(name="Ancien nom", neq="1133026102", place=place)

    _, source = bring(
        send, table, HEADER + "Moisson L’Arrimage;1133026102;OBNL;La Mitis;;;1 200,50 $\n"
    )
    apply(send, source)
    known.refresh_from_db()
    changed = (known.name, known.annual_budget)
    send(source.owner, f"{source.get_absolute_url()}annuler/")
    known.refresh_from_db()

    assert changed == ("Moisson L’Arrimage", Decimal("1200.50"))
    assert (known.name, known.annual_budget) == ("Ancien nom", None)


def test_a_sheet_of_another_region_is_not_changed_from_here(send, table):  # noqa: F811
    OrganisationFactory(name="A", neq="1133026102", place=Place.objects.get(name="Rouville"))

    _, source = bring(send, table, HEADER + "B;1133026102;OBNL;La Mitis;;;\n")

    assert "coordination de sa région" in source.rows.get().problems[0][1]


def test_an_unknown_place_is_matched_by_likeness(send, table):  # noqa: F811
    _, source = bring(send, table, HEADER + "B;;OBNL;MRC de la Mitis;;;\n")

    [name] = unknown_names(source)
    send(source.owner, f"{source.get_absolute_url()}noms/", name0=name.likely)

    assert name.candidates[0].label == "La Mitis"
    assert tally_of(source)["new"] == 1


def test_a_local_table_brings_no_list(send, table):  # noqa: F811
    local = coordinator_of(BodyFactory(alliance=table.alliance))

    page, source = bring(send, table, HEADER + "B;;;;;;\n", person=local)

    assert (page.status_code, source) == (404, None)
