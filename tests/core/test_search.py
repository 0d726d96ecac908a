import pytest
from django.core.management import call_command

from jonction.core.lists.filters import Broad
from jonction.core.models import SearchEntry
from jonction.core.search import index, indexing, matching, unindex
from jonction.core.search.matching import BEST_FIRST, MOST, among, entries_of, groups
from jonction.core.search.sources import sources
from jonction.cycle.models import Process
from jonction.engines.words import question
from jonction.support.actions.journal import remove_intervention
from jonction.support.models import Intervention
from tests.engines.test_words import ALIKE, APART
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    OrganisationFactory,
    PersonFactory,
    ProcessFactory,
    ResourceFactory,
    SeatFactory,
    a_region,
)
from tests.support.test_actions import log
from tests.support.test_queries import people_around

pytestmark = pytest.mark.django_db


def found(text, person=None):
    """Return the titles that somebody finds, kind by kind."""
    return {
        group.name: ["".join(piece for piece, _ in hit.title) for hit in group.hits]
        for group in groups(question(text), person, TODAY)
    }


def a_process(name):
    process = ProcessFactory(name=name, body__alliance__name="Alliance", body__name="Table")
    index(process)
    return process


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_accents_plurals_and_feminines_do_not_matter(one, other):
    a_process(f"Démarche {one}")

    assert found(other) == found(one) == {"cycle.process": [f"Démarche {one}"]}


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_are_not_found(one, other):
    a_process(one)

    assert found(other) == {}


@pytest.mark.parametrize("text", ["p", "pauv", "pauvreté", "pauvretés"])
def test_results_come_while_the_last_word_is_typed(text):
    a_process("Lutte à la pauvreté")

    assert found(f"lutte {text}") == {"cycle.process": ["Lutte à la pauvreté"]}


def test_every_word_is_required_and_only_the_last_may_be_unfinished():
    a_process("Transport collectif")

    assert found("collectif transports") == {"cycle.process": ["Transport collectif"]}
    assert found("collectif logement") == {}
    assert found("trans collectif") == {}


def test_numbers_and_durations_are_words():
    a_process("Plan 2024-2029, 1h30 et 3e5")

    assert found("2029") == found("1h30") == found("3e5") == found("2024 2029") != {}


@pytest.mark.parametrize(
    "text",
    [
        "\"'\\ OR 1",
        "a* NEAR(b c)",
        "title_words:x",
        "xy' | 'zz':*",
        "éé %s %% --",
        "λόγος ١٢",
        "ㄱ가",
    ],
)
def test_any_text_is_a_question_like_another(text):
    a_process("Démarche")

    assert found(text) == {}
    assert list(Intervention.objects.filter(among(Intervention, text))) == []


def test_a_title_that_answers_comes_before_a_text_that_answers():
    mandate = MandateFactory(process__name="Logement social")
    for text in ("Visite", "Le logement d’abord", "Appel"):
        log(mandate, text=text)

    lines = found("logement", mandate.resource.person)["support.intervention"]

    assert lines == ["Le logement d’abord", "Appel", "Visite"]


@pytest.mark.parametrize("audience", ["mine", "mandate", "body", "open"])
def test_search_finds_for_each_person_what_the_journal_shows_them_and_counts_nothing_else(audience):
    mandate = MandateFactory()
    log(mandate, audience=audience, text="Préparation délicate")
    shown = {
        name
        for name, person in people_around(mandate).items()
        if found("délicate", person).get("support.intervention")
    }

    assert (
        shown
        == {
            "mine": {"writer"},
            "mandate": {"writer", "colleague"},
            "body": {"writer", "colleague", "body", "alliance"},
            "open": {"writer", "colleague", "body", "alliance", "member"},
        }[audience]
    )


def test_what_one_may_not_read_is_neither_counted_nor_paged():
    mandate = MandateFactory()
    for _ in range(7):
        log(mandate, audience="mine", text="Note délicate")
    log(mandate, audience="open", text="Note délicate")
    member = SeatFactory(body=mandate.process.body).person

    group = groups(question("délicate"), member, TODAY)[0]

    assert (group.count, len(group.hits), group.is_more) == (1, 1, False)


def test_a_visitor_finds_what_is_public_and_nothing_of_the_journal():
    mandate = MandateFactory(
        process__name="Délicate",
        process__body__name="Table délicate",
        process__body__alliance__name="A",
    )
    log(mandate, audience="open", text="Note délicate")
    index(mandate.process)
    index(mandate.process.body)
    index(a_region())

    assert found("délicate") == {
        "governance.body": ["Table délicate"],
        "cycle.process": ["Délicate"],
    }
    assert found("bas saint laurent") == {"territories.place": ["Bas-Saint-Laurent"]}


def test_a_line_is_found_as_soon_as_it_is_written_and_no_more_once_removed():
    mandate = MandateFactory()
    line = log(mandate, text="Codéveloppement")
    writer = mandate.resource.person

    before = found("codeveloppement", writer)
    remove_intervention(line, actor=writer, today=TODAY)

    assert before == {"support.intervention": ["Codéveloppement"]}
    assert found("codeveloppement", writer) == {}
    assert SearchEntry.objects.count() == 0


def test_a_thing_that_changes_its_words_is_found_by_the_new_ones_alone():
    process = a_process("Ancienne")
    process.name = "Nouvelle"
    index(process)

    assert (found("ancienne"), found("nouvelle")) == ({}, {"cycle.process": ["Nouvelle"]})

    unindex(process)

    assert found("nouvelle") == {}


def test_a_new_index_forgets_what_is_gone_and_learns_what_was_missed(monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    gone = a_process("Disparue")
    Process.objects.filter(pk=gone.pk).delete()
    SearchEntry.objects.create(kind="old.model", object_id=1, title="x", title_words="x")
    for rank in range(5):
        ProcessFactory(name=f"Venue {rank}")

    call_command("reindex")

    assert found("disparue") == {}
    assert [g.count for g in groups(question("venue"), None, TODAY)] == [5]
    assert set(SearchEntry.objects.values_list("kind", flat=True)) == {
        "territories.place", "governance.alliance", "governance.body", "cycle.process",
    }  # fmt: skip


def test_counting_stops_at_a_bound():
    SearchEntry.objects.bulk_create(
        SearchEntry(kind="cycle.process", object_id=pk, title="Visite", title_words="visite visit")
        for pk in range(1, MOST + 10)
    )
    body = BodyFactory()
    Process.objects.bulk_create(
        Process(pk=pk, body=body, name="Visite") for pk in range(1, MOST + 10)
    )

    group = groups(question("visite"), None, TODAY)[0]

    assert (group.count, group.is_uncounted, len(group.hits)) == (MOST + 1, True, 5)


def test_a_list_is_narrowed_by_the_same_words():
    mandate = MandateFactory()
    kept = log(mandate, text="Bénévoles à l’accueil")
    log(mandate, text="Visite")

    assert list(Intervention.objects.filter(among(Intervention, "benevole"))) == [kept]
    assert Intervention.objects.filter(among(Intervention, "")).count() == 2


@pytest.mark.parametrize("asked", ["benevole", "accueil bénévoles", "bene", "visite", "absent"])
def test_a_word_that_many_hold_narrows_as_a_rare_one_does(monkeypatch, asked):
    mandate = MandateFactory()
    for text in ("Bénévoles à l’accueil", "Visite", "Accueil d’une bénévole", "Désaccueil"):
        log(mandate, text=text)

    rare = set(Intervention.objects.filter(among(Intervention, asked)))
    monkeypatch.setattr(matching, "FEW", 0)
    monkeypatch.setattr(matching, "SURELY_MANY", 0)  # PostgreSQL always expects one row
    narrowed = among(Intervention, asked)

    assert isinstance(narrowed, Broad) or not rare
    assert set(Intervention.objects.filter(narrowed)) == rare


def test_each_source_makes_an_entry_and_answers_a_visitor_as_well_as_a_person():
    log(MandateFactory())
    NeedFactory()
    OrganisationFactory()
    ResourceFactory()
    call_command("reindex")

    for source in sources().values():
        entry = SearchEntry.objects.filter(kind=source.name).first()
        asked = question(entry.title)
        for person in (None, PersonFactory()):
            entries = entries_of(source, asked, person, TODAY).order_by(*BEST_FIRST)
            assert entries.count() <= SearchEntry.objects.filter(kind=source.name).count()
