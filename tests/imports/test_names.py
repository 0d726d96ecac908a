"""What was remembered of the names of files: read, forgotten, by those who could have said it."""

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.governance.imports import scope_of
from jonction.imports.actions import forget_name
from jonction.imports.models import Match
from tests.factories import TODAY, BodyFactory, PersonFactory, ResourceFactory, SeatFactory
from tests.governance.test_pages import an_mrc
from tests.imports.test_journal import bring, journal, likeliest, one_line, send  # noqa: F401
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

NAMES = "/imports/noms/"


def a_match(body, **facts):
    facts = {"reader": "journal", "scope": scope_of(body.alliance_id), "target": body.pk, **facts}
    return Match.objects.create(**{"text": "cosmoss la mitis", **facts})


def a_journal(**facts):
    body = BodyFactory(name="Table COSMOSS de La Mitis", **facts)
    return body, ResourceFactory(alliance=body.alliance).person


def test_a_name_recognised_is_read_then_forgotten_and_asked_again(client, send, journal):  # noqa: F811
    _, source = bring(send, journal, one_line(body="Cosmoss La Mitis"))
    send(source.owner, f"{source.get_absolute_url()}noms/", name0=likeliest(source))
    linked = client.get("/imports/").text
    listed = client.get(NAMES).text

    page = client.post(f"{NAMES}{Match.objects.get().pk}/oublier/", follow=True)
    again = bring(send, journal, one_line(body="Cosmoss La Mitis", text="Autre"))[1]

    assert f'href="{NAMES}"' in linked
    assert "cosmoss la mitis" in listed
    assert "Table COSMOSS de La Mitis" in listed
    assert "On ne peut pas revenir en arrière" in listed
    assert "« cosmoss la mitis » est oublié." in page.text.replace("\u00a0", " ")
    assert Match.objects.count() == 0
    assert again.rows.get().problems[0][2] == "Cosmoss La Mitis"
    assert Trace.objects.filter(verb="imports.import.recognised").get().facts["names"]
    forgotten = Trace.objects.filter(verb="imports.match.forgotten").get()
    assert (forgotten.actor, forgotten.facts["name"]) == (source.owner, "cosmoss la mitis")


def test_names_are_read_and_forgotten_within_their_alliance_only(client):
    body, writer = a_journal()
    match = a_match(body)
    _, stranger = a_journal()
    signed_in(client, stranger)

    page = client.get(NAMES).text
    answer = client.post(f"{NAMES}{match.pk}/oublier/")

    assert "cosmoss" not in page
    assert answer.status_code == 404
    with pytest.raises(Refused, match="importent ces fichiers"):
        forget_name(match, actor=stranger, today=TODAY)
    assert "cosmoss" in signed_in(client, writer).get(NAMES).text


def test_a_support_worker_does_not_touch_the_names_of_the_lists_of_organisations(client):
    body, writer = a_journal(level="regional")
    place = an_mrc(name="La Matanie")
    match = a_match(body, reader="organismes", text="matanie qc", target=place.pk)

    hidden = signed_in(client, writer).get(NAMES).text
    coordinator = SeatFactory(body=body, role="coordinator").person
    shown = signed_in(client, coordinator).get(NAMES).text
    client.post(f"{NAMES}{match.pk}/oublier/")

    assert "matanie" not in hidden
    assert "La Matanie" in shown
    assert Match.objects.count() == 0


def test_a_name_of_something_gone_says_so(client):
    body, writer = a_journal()
    a_match(body, target=999_999)

    assert "ce qui n’existe plus ici" in signed_in(client, writer).get(NAMES).text


def test_whoever_imports_nothing_reads_an_empty_page(client):
    a_match(a_journal()[0])

    page = signed_in(client, PersonFactory()).get(NAMES)

    assert page.status_code == 200
    assert "Aucun nom retenu ici" in page.text


@pytest.mark.parametrize("count", [1, 30])
def test_the_names_are_read_in_a_constant_number_of_queries(
    client, django_assert_max_num_queries, count
):
    body, writer = a_journal()
    for rank in range(count):
        a_match(body, text=f"nom {rank}")
    signed_in(client, writer)

    with django_assert_max_num_queries(12):
        page = client.get(NAMES)

    assert len(page.context["rows"]) == count
