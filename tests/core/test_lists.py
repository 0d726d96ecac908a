from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Q
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jonction.core.lists import filters, keyset
from jonction.core.lists.listing import MOST, Column, Listing
from jonction.governance.models import Seat
from tests.factories import TODAY, BodyFactory, PersonFactory
from tools.messages import printed

pytestmark = pytest.mark.django_db

COLUMNS = [
    Column("debut", "Début", lambda seat: seat.starts_on, sort="starts_on"),
    Column("fin", "Fin", lambda seat: seat.ends_on, sort="ends_on"),
    Column("corps", "Instance", lambda seat: seat.body.name, sort="body__name"),
    Column("role", "Rôle", lambda seat: seat.get_role_display()),
]
FILTERS = [
    filters.text("nom", "Nom", lambda text: Q(body__name__icontains=text)),
    filters.choice("role", "Rôle", Seat.Role.choices, path="role"),
    filters.since("du", "Du", "starts_on"),
    filters.until("au", "Au", "starts_on"),
]


def listing(address="", rows=None, **facts):
    asked = QueryDict(address.removeprefix("?"))
    rows = Seat.objects.select_related("body") if rows is None else rows
    facts = {"columns": COLUMNS, "filters": FILTERS, "order": ["-starts_on"], **facts}
    return Listing(SimpleNamespace(GET=asked), rows, **facts)


def seats(days, *, role="member", **facts):
    """Make one seat for each number: it starts and ends so many days on; None never ends."""
    body = facts.pop("body", None) or BodyFactory()
    person = PersonFactory()
    return Seat.objects.bulk_create(
        Seat(
            body=body,
            person=person,
            role=role,
            starts_on=TODAY + timedelta(days=days_on or 0),
            ends_on=None if days_on is None else TODAY + timedelta(days=days_on),
        )
        for days_on in days
    )


def walk(address, link, page_size):
    """Follow one link from page to page; return the pages and the address of the last one."""
    pages = []
    while True:
        page = listing(address, page_size=page_size)
        pages.append([seat.pk for seat in page.rows])
        if not getattr(page, link):
            return pages, address
        address = getattr(page, link)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    days=st.lists(st.none() | st.integers(0, 3), max_size=12),
    page_size=st.integers(1, 5),
    order=st.sampled_from(["", "tri=debut", "tri=fin", "tri=-fin", "tri=corps", "tri=-corps"]),
)
def test_every_row_is_met_once_forwards_and_once_backwards(days, page_size, order):
    Seat.objects.all().delete()
    made = {seat.pk for seat in seats(days)}

    forwards, last = walk(order, "next_link", page_size)
    backwards, _ = walk(last, "previous_link", page_size)

    there = [pk for page in forwards for pk in page]
    back = [pk for page in reversed(backwards) for pk in page]
    assert sorted(there) == sorted(made)
    assert back == there
    assert there == [seat.pk for seat in listing(order).found]


@pytest.mark.parametrize("order", ["tri=fin", "tri=-fin"])
def test_what_has_no_value_comes_last_in_both_orders(order):
    seats([None, 2, None, 1])

    ends = [seat.ends_on for seat in listing(order).rows]

    assert [end is None for end in ends] == [False, False, True, True]


def test_a_row_added_on_the_way_shifts_nothing():
    made = seats([5, 4, 3, 2])
    page = listing(page_size=2)
    address = page.next_link
    seats([9])

    assert [seat.pk for seat in page.rows] == [made[0].pk, made[1].pk]
    assert [seat.pk for seat in listing(address, page_size=2).rows] == [made[2].pk, made[3].pk]


def test_a_page_is_still_found_when_the_row_before_it_is_gone():
    made = seats([5, 4, 3, 2])
    address = listing(page_size=2).next_link
    made[1].delete()

    assert [seat.pk for seat in listing(address, page_size=2).rows] == [made[2].pk, made[3].pk]


@pytest.mark.parametrize(
    "address",
    [
        "apres=n’importe quoi",
        "avant=eyJhIjoxfQ:1abcde:xyz",
        "tri=person__password&apres=%00",
        "tri=--fin&tri=%00",
        "role=chef&du=hier&au=2026-02-31&nom=%00",
        "nom=" + "a" * 5_000,
        "du=99999999999-01-01&format=exe",
    ],
)
def test_a_hostile_address_shows_the_start_of_the_list(address):
    made = seats([2, 1])

    page = listing(address, formats=["csv"])

    assert [seat.pk for seat in page.rows] == [seat.pk for seat in made]
    assert page.export_format == ""
    assert (page.heads[0].aria_sort, page.count) == ("descending", 2)


def test_a_place_of_another_list_or_order_is_not_a_place_here():
    seats([3, 2, 1])
    other = keyset.sign(["Zone", 3], "governance.body:name")

    pages = [listing(f"apres={other}"), listing(listing(page_size=1).next_link + "&tri=corps")]

    assert [page.notice for page in pages] == [
        printed("Cette page de la liste n’existe pas : voici le début.")
    ] * 2
    assert [len(page.rows) for page in pages] == [3, 3]


def test_filters_narrow_the_page_the_count_and_the_file_alike():
    seats([1, 2, 3])
    seats([2], role="observer", body=BodyFactory(name="Table de l’Érable"))

    page = listing("role=observer&du=2026-11-24&au=2026-11-25&nom=table", formats=["csv"])

    assert page.count == len(page.rows) == 1
    assert page.headers == ["Début", "Fin", "Instance", "Rôle"]
    assert list(page.rows_for_export()) == [
        [date(2026, 11, 25), date(2026, 11, 25), "Table de l’Érable", "observation"]
    ]
    assert page.export_links[0][1].endswith("&format=csv")


def test_a_filter_that_does_not_stand_is_told_and_ignored():
    seats([1])

    page = listing("du=hier")

    assert page.count == 1
    assert "date valide" in str(page.form.errors["du"])


def test_links_keep_the_filters_the_order_and_what_the_page_reads():
    seats([1, 2, 3])

    page = listing("q=mots&role=member&tri=fin&autre=1", page_size=1, keep=["q"])

    assert page.next_link.startswith("?q=mots&tri=fin&role=member&apres=")
    assert page.all_link == "?q=mots&tri=fin"
    assert [head.link for head in page.heads[:2]] == [
        "?q=mots&tri=debut&role=member",
        "?q=mots&tri=-fin&role=member",
    ]


def test_nothing_invisible_is_listed_counted_or_exported():
    hidden, shown = seats([1, 2])

    page = listing("tri=corps", rows=Seat.objects.filter(pk=shown.pk), page_size=1)

    assert ([seat.pk for seat in page.rows], page.count) == ([shown.pk], 1)
    assert len(list(page.rows_for_export())) == 1
    assert page.next_link == ""
    assert hidden.pk not in {seat.pk for seat in page.found}


def test_what_no_index_tells_is_counted_no_further_than_its_page(django_assert_num_queries):
    seats([1, 2, 3])
    broad = [filters.text("nom", "Nom", lambda _text: filters.Broad(pk__gt=0))]

    with django_assert_num_queries(1):
        page = listing("nom=table", filters=broad, page_size=2)
        assert (len(page.rows), page.most, page.is_uncounted) == (2, 2, True)
    whole = listing("nom=table", filters=broad, page_size=3)
    assert (whole.count, whole.is_uncounted) == (3, False)


def test_counting_stops_at_a_bound():
    seats([1] * (MOST + 5))

    page = listing()

    assert (page.count, page.is_uncounted) == (MOST + 1, True)


def test_a_file_is_read_little_by_little(django_assert_num_queries):
    seats([1] * 30)

    with django_assert_num_queries(1):
        assert len(list(listing().rows_for_export())) == 30
