from datetime import date

import pytest
from django.conf import settings

from tests.factories import TODAY, BodyFactory, MandateFactory, SeatFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db
JOURNAL = "/accompagnement/journal/"


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def texts(page):
    return [line.text for line in page.context["listing"].rows]


def two_mandates():
    """Return two mandates of one Alliance, and the person who coordinates it."""
    table = BodyFactory(level="regional")
    one = MandateFactory(process__body__alliance=table.alliance, process__name="Matanie")
    other = MandateFactory(process__body__alliance=table.alliance, resource__name="Ginette Lavoie")
    return one, other, SeatFactory(body=table, role="coordinator").person


def test_the_journal_is_narrowed_by_each_of_its_filters(client):
    one, other, coordinator = two_mandates()
    log(one, text="Bilan", stages=["review"], function="mediation", on=date(2026, 10, 1))
    log(other, text="Bénévoles", stages=["planning"], function="information")
    signed_in(client, coordinator)

    for address, expected in (
        ({}, ["Bénévoles", "Bilan"]),
        ({"texte": "benevole"}, ["Bénévoles"]),
        ({"demarche": one.process.pk}, ["Bilan"]),
        ({"personne": other.resource.pk}, ["Bénévoles"]),
        ({"du": "2026-10-02"}, ["Bénévoles"]),
        ({"au": "2026-10-01"}, ["Bilan"]),
        ({"etape": "review"}, ["Bilan"]),
        ({"fonction": "information"}, ["Bénévoles"]),
    ):
        assert texts(client.get(JOURNAL, address)) == expected, address


def test_the_journal_sorts_by_date_and_by_duration_and_says_so(client):
    one, _other, coordinator = two_mandates()
    log(one, text="Longue", quarters=8, on=date(2026, 10, 1))
    log(one, text="Courte", quarters=1, on=TODAY)
    signed_in(client, coordinator)

    page = client.get(JOURNAL, {"tri": "-duree"})

    assert texts(page) == ["Longue", "Courte"]
    assert texts(client.get(JOURNAL, {"tri": "date"})) == ["Longue", "Courte"]
    assert texts(client.get(JOURNAL)) == ["Courte", "Longue"]
    assert '<th scope="col" aria-sort="descending"><a href="?tri=duree">' in page.text


def test_a_reserved_line_is_neither_listed_nor_counted_nor_exported(client):
    one, other, coordinator = two_mandates()
    log(one, text="À moi seul", audience="mine")
    log(one, text="Ouverte", audience="open")
    stranger = SeatFactory(body=other.process.body).person

    for person, expected in ((coordinator, ["Ouverte"]), (stranger, [])):
        page = signed_in(client, person).get(JOURNAL, {"tri": "date", "texte": ""})
        listing = page.context["listing"]
        assert texts(page) == expected
        assert listing.count == len(list(listing.rows_for_export())) == len(expected)
        assert "À moi seul" not in page.text


def test_the_choices_name_nobody_to_an_observer(client):
    one, other, _coordinator = two_mandates()
    table = one.process.body.alliance.bodies.get(level="regional")
    observer = SeatFactory(body=table, role="observer").person

    page = signed_in(client, observer).get(JOURNAL, {"texte": "budget"})

    assert "Matanie" in page.text
    assert other.resource.name not in page.text


def test_a_long_journal_is_read_page_by_page(client):
    one, _other, coordinator = two_mandates()
    for rank in range(60):
        log(one, text=f"Ligne {rank}", quarters=1)
    signed_in(client, coordinator)

    first = client.get(JOURNAL)
    second = client.get(JOURNAL + first.context["listing"].next_link)
    back = client.get(JOURNAL + second.context["listing"].previous_link)

    assert (len(texts(first)), len(texts(second))) == (30, 30)
    assert set(texts(first)) & set(texts(second)) == set()
    assert texts(back) == texts(first)
    assert 'rel="next"' in first.text


@pytest.mark.parametrize("count", [1, 30])
def test_the_journal_costs_the_same_for_one_line_or_many(
    client, django_assert_max_num_queries, count
):
    mandate = MandateFactory()
    for rank in range(count):
        log(mandate, text=f"Ligne {rank}", quarters=1)
    address = {"demarche": mandate.process.pk, "personne": mandate.resource.pk, "texte": "ligne"}
    signed_in(client, mandate.resource.person)

    with django_assert_max_num_queries(12):
        page = client.get(JOURNAL, address)

    assert len(texts(page)) == count


def test_every_line_that_a_person_reads_is_counted(client):
    """What narrows the count must leave out no line: mine, of my mandates, of what I coordinate."""
    one, other, coordinator = two_mandates()
    elsewhere = MandateFactory(resource=one.resource)
    for rank in range(31):
        log(one, text=f"Appel {rank}")
        log(other, text=f"Rencontre {rank}")
    log(elsewhere, text="Note à moi", audience="mine")
    elsewhere.delete()  # the line stays mine where I hold nothing any more

    for person, lines in (
        (coordinator, 62),
        (one.resource.person, 32),
        (other.resource.person, 31),
    ):
        listing = signed_in(client, person).get(JOURNAL).context["listing"]
        assert listing.count == lines == listing.queryset.count()


def test_each_row_has_a_cell_under_each_head_and_the_posture_is_one(client):
    one, _other, coordinator = two_mandates()
    log(one, text="Bilan", posture="expertise")

    page = signed_in(client, coordinator).get(JOURNAL).text
    table = page[page.index("<table") : page.index("</table>")]
    row = table[table.index("<tbody>") :]

    assert table.count('scope="col"') == row.count("<td") + row.count("<th")
    assert '<td data-label="Posture">expertise</td>' in row
