"""What a resource can do, who finds it, and who frees its time (S5, S6, R3)."""

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest

from jonction.accounts.actions import give_consent, withdraw_consent
from jonction.accounts.models import Item
from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.support.actions import directory as actions
from jonction.support.lists import who_has
from jonction.support.models import Capacity, ReleaseAgreement, Resource
from jonction.support.reminders import remind_of_releases
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    OrganisationFactory,
    ReleaseFactory,
    ResourceFactory,
    TerritoryFactory,
)
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db
ROWS = {
    "version": 1,
    "competences-TOTAL_FORMS": 2,
    "competences-INITIAL_FORMS": 0,
    "affinites-TOTAL_FORMS": 1,
    "affinites-INITIAL_FORMS": 0,
}


def agreed(**facts):
    return agreed_to(ReleaseFactory(**facts))


def agreed_to(release):
    coordinator = alliance_coordinator(release.resource.alliance)
    return actions.agree_release(release, actor=coordinator, today=TODAY), coordinator


def test_people_are_in_the_public_directory_while_they_agree(client):
    resource = ResourceFactory(name="Léa Roy")
    person = resource.person

    before = client.get("/accompagnement/repertoire/").text
    give_consent(person, actor=person, purpose="directory")
    during = client.get("/accompagnement/repertoire/").text
    entry = client.get(f"/accompagnement/repertoire/{resource.pk}/").status_code
    withdraw_consent(person, actor=person, purpose="directory")
    after = client.get("/accompagnement/repertoire/").text
    gone = client.get(f"/accompagnement/repertoire/{resource.pk}/").status_code

    assert ["Léa Roy" in page for page in (before, during, after)] == [False, True, False]
    assert (entry, gone) == (200, 404)


def test_the_directory_never_gives_an_address_or_a_telephone(client):
    resource = ResourceFactory(person__phone="418 555-0199", person__email="lea@example.org")
    give_consent(resource.person, actor=resource.person, purpose="directory")

    pages = [
        client.get(f"/accompagnement/repertoire/{path}").text for path in ("", f"{resource.pk}/")
    ]
    pages.append(b"".join(client.get("/accompagnement/repertoire/?format=csv")).decode())

    assert all(resource.name in page for page in pages)
    assert not any("555-0199" in page or "lea@" in page for page in pages)


def test_whoever_left_is_no_longer_in_it_and_a_body_is_put_there(client):
    left = ResourceFactory(name="Partie", leaves_on=date(2020, 1, 1))
    give_consent(left.person, actor=left.person, purpose="directory")
    ResourceFactory(name="Table des aînés", person=None, is_published=True)
    ResourceFactory(name="Table cachée", person=None)

    page = client.get("/accompagnement/repertoire/").text

    assert [n in page for n in ("Partie", "Table des aînés", "Table cachée")] == [
        False,
        True,
        False,
    ]


def test_it_is_searched_by_what_people_know(client):
    for name, stage in (("Écrit", "calls"), ("Évalue", "review"), ("Fait tout", "")):
        resource = ResourceFactory(name=name, person=None, is_published=True)
        resource.skills.create(stage=stage)

    page = client.get("/accompagnement/repertoire/?etape=calls").text

    assert [n in page for n in ("Écrit", "Évalue", "Fait tout")] == [True, False, True]


@pytest.mark.parametrize("path", ["repertoire", "ressources"])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("territoire=La Matanie", ["Anne"]),
        ("territoire=Ailleurs", ["Anne", "Zoé"]),  # nobody goes there: no such choice
        ("dimension=governance", ["Anne", "Zoé"]),
        ("etape=calls&dimension=governance", ["Anne"]),
        ("etape=calls&dimension=management&fonction=mediation", ["Zoé"]),
        ("langue=en", ["Zoé"]),
    ],
)
def test_who_can_is_found_by_territory_skill_and_language(client, path, asked, found):
    land = TerritoryFactory(name="La Matanie")
    facts = {"alliance": land.alliance, "person": None, "is_published": True}
    anne = ResourceFactory(name="Anne", languages=["fr"], **facts)
    anne.territories.add(land)
    anne.skills.create(stage="calls", dimension="governance")
    zoe = ResourceFactory(name="Zoé", languages=["fr", "en"], **facts)
    zoe.skills.create(stage="review", dimension="governance")
    zoe.skills.create(stage="calls", dimension="management", function="mediation")
    signed_in(client, alliance_coordinator(land.alliance))

    page = client.get(f"/accompagnement/{path}/?{asked}").text

    assert [name for name in ("Anne", "Zoé") if f">{name}</a>" in page] == found


def test_a_resource_says_what_it_knows_on_its_page(client):
    resource = ResourceFactory()
    body = BodyFactory(alliance=resource.alliance)
    client = signed_in(client, resource.person)
    path = f"{resource.get_absolute_url()}competences/"

    empty = client.get(path)
    answer = client.post(
        path,
        {
            **ROWS,
            "languages": ["fr", "innu"],
            "competences-0-stage": "calls",
            "competences-0-grade": 3,
            "affinites-0-body": body.pk,
            "affinites-0-word": "On se connaît depuis le forum",
        },
    )
    page = client.get(answer.url).text

    assert empty.status_code == 200
    assert Resource.objects.get().languages == ["fr", "innu"]
    for words in ("appels de projets", "peut former", "innu-aimun", "depuis le forum"):
        assert words in page


@pytest.mark.parametrize(
    ("door", "rest", "said", "sentence"),
    [
        (
            "modifier",
            {"kind": "private"},
            ("name", "Ginette Roy", "Ginette Lavoie"),
            "a changé « nom », qui dit maintenant : Ginette Roy.",
        ),
        (
            "competences",
            ROWS,
            ("languages", ["fr", "innu"], ["iu"]),
            "a changé « langues, compétences et affinités ».",
        ),
    ],
)
def test_of_two_who_write_a_record_the_second_is_told_and_then_chooses(
    client, door, rest, said, sentence
):
    name, first_said, then_said = said
    resource = ResourceFactory()
    Trace.leave(resource.person, "support.resource.edited", resource)  # before writings counted
    path = f"{resource.get_absolute_url()}{door}/"
    signed_in(client, resource.person).post(path, {**rest, "version": 1, name: first_said})
    theirs = {**rest, "version": 1, name: then_said}

    told = signed_in(client, alliance_coordinator(resource.alliance)).post(path, theirs)
    kept = getattr(Resource.objects.get(), name)
    chosen = client.post(path, {**theirs, "version": 2})

    assert told.status_code == 422
    assert printed(sentence) in told.text
    assert 'name="version" value="2"' in told.text
    assert kept == first_said
    assert chosen.status_code == 302
    assert getattr(Resource.objects.get(), name) == then_said


def test_the_same_rows_sent_twice_are_written_once_and_name_nobody(client):
    resource = ResourceFactory()
    client = signed_in(client, resource.person)
    path = f"{resource.get_absolute_url()}competences/"
    sent = {**ROWS, "languages": ["fr"], "competences-0-stage": "calls", "competences-0-grade": 3}
    client.post(path, sent)

    again = client.post(path, sent)
    other = client.post(path, {**sent, "competences-0-grade": 2})

    assert again.status_code == 302
    assert other.status_code == 422
    assert Resource.objects.get().version == 2
    assert Resource.objects.get().skills.get().grade == 3


def test_the_same_skill_twice_is_said_and_what_was_typed_stays(client):
    resource = ResourceFactory()
    client = signed_in(client, resource.person)
    twice = {
        f"competences-{n}-{k}": v for n in (0, 1) for k, v in (("stage", "calls"), ("grade", 2))
    }

    answer = client.post(
        f"{resource.get_absolute_url()}competences/", {**ROWS, **twice, "languages": ["iu"]}
    )

    assert answer.status_code == 422
    assert "Deux lignes disent la même compétence." in answer.text
    assert not resource.skills.exists()


def test_a_release_is_asked_agreed_and_its_hours_are_offered():
    resource = ResourceFactory()
    coordinator = alliance_coordinator(resource.alliance)
    release = actions.ask_release(
        resource,
        actor=resource.person,
        today=TODAY,
        organisation=OrganisationFactory(),
        addressee="Mme Roy",
        quarters_per_week=28,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=200),
    )

    actions.agree_release(release, actor=coordinator, today=TODAY, is_offered=True)

    assert ReleaseAgreement.objects.get().status == "agreed"
    capacity = Capacity.objects.get()
    assert (capacity.quarters_per_week, capacity.starts_on) == (28, TODAY)


def test_the_answer_belongs_to_the_coordination_and_a_refusal_keeps_its_reason():
    release = ReleaseFactory()
    coordinator = alliance_coordinator(release.resource.alliance)

    with pytest.raises(Refused, match="notée par la coordination"):
        actions.agree_release(release, actor=release.resource.person, today=TODAY)
    actions.refuse_release(release, actor=coordinator, today=TODAY, word="Manque de personnel")

    kept = ReleaseAgreement.objects.get()
    assert (kept.status, kept.word, kept.answered_on) == ("refused", "Manque de personnel", TODAY)


def test_it_is_renewed_once_and_only_when_its_end_comes():
    release, coordinator = agreed(ends_on=TODAY + timedelta(days=100))
    far, other = agreed(ends_on=TODAY + timedelta(days=300))

    renewed = actions.renew_release(
        release, actor=coordinator, today=TODAY, ends_on=TODAY + timedelta(days=400)
    )

    assert renewed.starts_on == release.ends_on + timedelta(days=1)
    with pytest.raises(Refused, match="déjà demandé"):
        actions.renew_release(
            ReleaseAgreement.objects.get(pk=release.pk),
            actor=coordinator,
            today=TODAY,
            ends_on=TODAY + timedelta(days=500),
        )
    with pytest.raises(Refused, match="quatre mois"):
        actions.renew_release(far, actor=other, today=TODAY, ends_on=TODAY)


def test_a_renewal_that_ends_before_it_begins_is_said_and_writes_nothing(client):
    release, coordinator = agreed(ends_on=TODAY + timedelta(days=60))
    sent = {"renouveler-ends_on": (TODAY + timedelta(days=60)).isoformat()}

    answer = signed_in(client, coordinator).post(f"{release.get_absolute_url()}renouveler/", sent)

    assert answer.status_code == 422
    assert printed("va déjà jusqu’au 22 janvier 2027 : écrivez") in printed(answer.text)
    assert ReleaseAgreement.objects.count() == 1


def test_the_letter_asks_and_the_renewal_says_what_was_given(client):
    mandate = MandateFactory()
    log(mandate, quarters=8)
    release, coordinator = agreed(resource=mandate.resource, ends_on=TODAY + timedelta(days=60))
    renewed = actions.renew_release(
        release, actor=coordinator, today=TODAY, ends_on=TODAY + timedelta(days=400)
    )

    content = signed_in(client, coordinator).get(f"{renewed.get_absolute_url()}lettre.docx").content
    text = "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)

    assert "Mme Roy, directrice" in text
    assert (
        text.index("Madame, Monsieur,")
        < text.index("____")
        < text.rindex(str(release.resource.alliance))
    )
    assert "7 heures par semaine" in text
    assert mandate.process.name in text
    assert "2 heures d’accompagnement ont été données" in text


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "promised"),
    [
        (TODAY - timedelta(days=69), TODAY + timedelta(days=60), "70"),
        (TODAY - timedelta(days=69), TODAY - timedelta(days=49), "21"),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=60), "0"),
    ],
)
def test_what_was_given_stands_beside_what_was_promised_so_far(
    client, starts_on, ends_on, promised
):
    mandate = MandateFactory()
    log(mandate, quarters=6)
    release = ReleaseFactory(resource=mandate.resource, starts_on=starts_on, ends_on=ends_on)
    release, coordinator = agreed_to(release)

    page = printed(signed_in(client, coordinator).get(release.get_absolute_url()).text)

    assert printed(f"sur {promised} h promises jusqu’ici") in page


def test_one_that_ends_soon_is_first_on_the_page_until_its_renewal_is_asked(client):
    release, coordinator = agreed(ends_on=TODAY + timedelta(days=120))
    agreed(resource=release.resource, ends_on=TODAY + timedelta(days=121))
    signed_in(client, coordinator)

    before = client.get("/accompagnement/liberations/").text
    actions.renew_release(
        release, actor=coordinator, today=TODAY, ends_on=TODAY + timedelta(days=400)
    )
    after = client.get("/accompagnement/liberations/").text

    assert (before.count("Demander le renouvellement"), "À renouveler" in after) == (1, False)


def test_the_coordination_and_the_person_are_told_once_in_the_morning():
    release, coordinator = agreed(ends_on=TODAY + timedelta(days=100))
    stranger = alliance_coordinator(ReleaseFactory().resource.alliance)

    counts = [remind_of_releases(today=TODAY + timedelta(days=n)) for n in (0, 1)]

    items = Item.objects.filter(object_id=release.pk, kind="alert")
    assert counts == [1, 1]
    assert {item.person for item in items} == {coordinator, release.resource.person}
    assert items.count() == 2
    assert not stranger.items.exists()
    assert "3 mars 2027" in items[0].title
    assert release.resource.name in items[0].title


def test_a_release_is_seen_by_its_resource_and_the_coordination_alone(client):
    release = ReleaseFactory()
    people = [
        release.resource.person,
        alliance_coordinator(release.resource.alliance),
        ResourceFactory(alliance=release.resource.alliance).person,
    ]

    found = [
        signed_in(client, person).get(release.get_absolute_url()).status_code for person in people
    ]

    assert found == [200, 200, 404]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("repertoire", 6), ("liberations", 5)])
def test_the_lists_cost_the_same_for_one_or_many(
    client, django_assert_num_queries, path, queries, count
):
    first = ReleaseFactory(resource__person=None, resource__is_published=True)
    for _ in range(count - 1):
        ReleaseFactory(
            resource=ResourceFactory(
                alliance=first.resource.alliance, person=None, is_published=True
            )
        )
    signed_in(client, alliance_coordinator(first.resource.alliance))

    with django_assert_num_queries(queries):
        page = client.get(f"/accompagnement/{path}/").text

    assert page.count('<th scope="row">') == count


def test_what_is_rare_narrows_the_resources_by_one_code_of_each_sort():
    assert who_has(["communication", "planning"]) == "?etape=planning&dimension=communication"
    assert who_has(["communication", "governance", "planning"]) == "?etape=planning"
    assert who_has(["local"]) == who_has([]) == ""
