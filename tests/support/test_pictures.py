import pytest

from tests.factories import BodyFactory, MandateFactory, SeatFactory
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")]
)
def test_the_thread_leaves_as_a_picture_or_as_its_data(client, form, start):
    mandate = MandateFactory()
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get(f"/accompagnement/continuite/{mandate.process.pk}/fil/", {"forme": form})

    assert page.content.startswith(start)


def test_the_thread_names_people_only_to_those_who_may_read_names(client):
    mandate = MandateFactory(resource__name="Ginette Lavoie")
    table = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    readers = (
        coordinator_of(mandate.process.body),
        SeatFactory(body=table, role="observer").person,
    )

    pages = [
        signed_in(client, person)
        .get(f"/accompagnement/continuite/{mandate.process.pk}/fil/", {"forme": "csv"})
        .content.decode()
        for person in readers
    ]

    assert ["Ginette Lavoie" in page for page in pages] == [True, False]
    assert "Ressource 1" in pages[1]
