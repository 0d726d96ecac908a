"""The journals that people keep, from the file to the coverage and back."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from jonction.core.models import SearchEntry, Trace
from jonction.imports.models import Import, Match, Row
from jonction.imports.queries import tally_of, unknown_names
from jonction.support.models import Intervention, Share
from tests.factories import BodyFactory, PersonFactory, ProcessFactory, ResourceFactory
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[1] / "samples"
TABLES = {
    "La Matanie": "Table de concertation de La Matanie",
    "Rivière-du-Loup": "Comité local – Rivière-du-Loup",
    "Les Basques": "Comité local Alliance – Les Basques",
    "La Matapédia": "Table de développement social de La Matapédia",
    "La Mitis": "Table COSMOSS de La Mitis",
    "Kamouraska": "Table des partenaires de Kamouraska",
    "Rimouski-Neigette": "Table de lutte à la pauvreté de Rimouski-Neigette",
    "Témiscouata": "Comité local de Témiscouata",
}
HEADER = "Date;Instance;Étape;Activité;Durée\n"


@pytest.fixture
def journal():
    """Return the resource of an Alliance whose bodies bear the names of the files."""
    resource = ResourceFactory()
    for name in TABLES.values():
        ProcessFactory(body=BodyFactory(alliance=resource.alliance, name=name))
    return resource


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Post in the way of a person, and let the jobs that it asks for run."""

    def post(person, address, **data):
        signed_in(client, person)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, data)

    return post


def bring(send, resource, content):
    body = content.encode() if isinstance(content, str) else content
    page = send(
        resource.person,
        "/imports/nouveau/journal/",
        file=SimpleUploadedFile("journal.csv", body),
        resource=resource.pk,
        audience="mandate",
    )
    return page, Import.objects.order_by("pk").last()


def apply(send, source):
    return send(source.owner, f"{source.get_absolute_url()}ecrire/")


def one_line(**changes):
    cells = {
        "on": "2026-11-02",
        "body": TABLES["La Mitis"],
        "stage": "plan d’action",
        "text": "Portrait du territoire",
        "quarters": "1h30",
        **changes,
    }
    return HEADER + ";".join(cells.values()) + "\n"


def test_the_first_journal_is_read_whole_and_three_lines_are_refused(send, journal):
    _, source = bring(send, journal, (SAMPLES / "journal-accompagnement.csv").read_bytes())

    assert source.status == "read"
    assert tally_of(source) == {"refused": 3, "new": 237, "changed": 0, "same": 0}
    assert [
        (row.line, [problem[:2] for problem in row.problems])
        for row in source.rows.filter(verdict="refused")
    ] == [
        (62, [["on", printed("« 31/02/2026 » n’est pas une date.")]]),
        (
            122,
            [
                [
                    "quarters",
                    printed(
                        "« beaucoup » n’est pas une durée : écrivez par exemple 1h30, 1,5 ou 90 min."
                    ),
                ]
            ],
        ),
        (
            182,
            [
                [
                    "body",
                    printed("« Table inconnue » n’est pas une instance connue de votre Alliance."),
                ]
            ],
        ),
    ]
    assert Intervention.objects.count() == 0


def test_what_is_written_is_what_the_good_lines_say(send, journal):
    _, source = bring(send, journal, (SAMPLES / "journal-accompagnement.csv").read_bytes())

    apply(send, source)

    assert Import.objects.get().status == "applied"
    assert Intervention.objects.aggregate(sum=Sum("quarters"))["sum"] == 1266
    assert Share.objects.aggregate(sum=Sum("parts"))["sum"] == 1266 * 720


def test_the_second_journal_has_other_titles_and_no_bad_line(send, journal):
    _, source = bring(send, journal, (SAMPLES / "journal-2.csv").read_bytes())
    apply(send, source)

    assert source.rows.filter(verdict="refused").count() == 0
    assert Intervention.objects.aggregate(sum=Sum("quarters"))["sum"] == 593


def test_the_same_file_again_brings_nothing(send, journal):
    content = (SAMPLES / "journal-2.csv").read_bytes()
    apply(send, bring(send, journal, content)[1])

    _, again = bring(send, journal, content)
    page = apply(send, again)

    assert tally_of(again) == {"refused": 0, "new": 0, "changed": 0, "same": 120}
    assert "rien de nouveau" in page.text
    assert Intervention.objects.count() == 120


def test_a_line_that_changed_is_changed_and_undoing_brings_it_back(send, journal):
    apply(send, bring(send, journal, one_line())[1])
    _, second = bring(send, journal, one_line(quarters="2 h"))
    apply(send, second)
    changed = Intervention.objects.get().quarters

    send(second.owner, f"{second.get_absolute_url()}annuler/")

    assert (tally_of(second)["changed"], changed) == (1, 8)
    assert Intervention.objects.get().quarters == 6
    assert Share.objects.aggregate(sum=Sum("parts"))["sum"] == 6 * 720


def test_undoing_takes_back_all_but_what_somebody_changed_since(send, journal):
    content = one_line() + one_line(text="Relance").removeprefix(HEADER)
    _, source = bring(send, journal, content)
    apply(send, source)
    Intervention.objects.filter(text="Relance").update(quarters=40)

    send(source.owner, f"{source.get_absolute_url()}annuler/")

    assert [line.text for line in Intervention.objects.all()] == ["Relance"]
    assert Import.objects.get().status == "undone"
    assert Trace.objects.filter(verb="imports.import.undone").get().facts["left"] == 1


def test_an_unknown_table_is_matched_by_likeness_and_remembered(send, journal):
    _, source = bring(send, journal, one_line(body="Cosmoss La Mitis"))
    unknown = source.rows.get().problems[0][2]

    page = send(source.owner, f"{source.get_absolute_url()}noms/", name0=likeliest(source))
    again = bring(send, journal, one_line(body="COSMOSS la Mitis", text="Autre"))[1]

    assert unknown == "Cosmoss La Mitis"
    assert page.status_code == 302
    assert Match.objects.get().text == "cosmoss la mitis"
    assert tally_of(source)["new"] == 1
    assert tally_of(again)["new"] == 1


def likeliest(source):
    name = unknown_names(source)[0]
    assert name.candidates[0].label == TABLES["La Mitis"]
    return name.likely


def test_a_refused_line_is_corrected_on_the_page(send, journal):
    _, source = bring(send, journal, one_line(on="31/02/2026"))
    row = source.rows.get()

    cells = {**row.cells, "on": "28/02/2026"}
    send(source.owner, f"{source.get_absolute_url()}lignes/{row.pk}/", **cells)

    assert tally_of(source)["new"] == 1
    assert Row.objects.get().facts["on"] == "2026-02-28"


def test_a_table_like_no_other_is_not_guessed(send, journal):
    _, source = bring(send, journal, one_line(body="Table inconnue"))

    [name] = unknown_names(source)

    assert len(name.candidates) == len(TABLES)
    assert name.likely is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"),
        (b"%PDF-1.7 rien", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "image"),
        ("Date;Activité\n2026-11-01;x\n", "Il manque à ce fichier"),
        (HEADER, "aucune ligne"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_answered_by_a_sentence(
    client, send, journal, content, sentence
):
    page, source = bring(send, journal, content)
    if source is not None:
        page = client.get(source.get_absolute_url())

    assert sentence in page.text
    assert source is None or source.status == "failed"
    assert source is None or "/imports/nouveau/journal/" in page.text
    assert Row.objects.count() == 0


def test_a_file_too_heavy_is_refused_before_it_is_read(send, journal, settings):
    settings.LARGEST_IMPORT = 1_000_000

    page, source = bring(send, journal, b"x" * 2_000_000)

    assert source is None
    assert page.status_code == 422
    assert "Ce fichier pèse 2 Mo" in page.text.replace("\u00a0", " ")


def test_a_day_cannot_pass_24_hours_through_a_file(send, journal):
    content = one_line(quarters="20 h") + one_line(text="Relance", quarters="5 h").removeprefix(
        HEADER
    )

    _, source = bring(send, journal, content)

    assert tally_of(source) == {"refused": 1, "new": 1, "changed": 0, "same": 0}
    assert "dépasserait 24 heures" in source.rows.get(verdict="refused").problems[0][1]


def test_a_cell_left_empty_is_said_to_be_missing(send, journal):
    _, source = bring(send, journal, one_line(on="", body="", quarters=""))

    [row] = source.rows.all()
    assert [problem[:2] for problem in row.problems] == [
        ["on", "Il manque la date."],
        ["quarters", "Il manque la durée."],
        ["body", "Il manque l’instance."],
    ]
    assert unknown_names(source) == []


def test_what_changed_meanwhile_stops_the_writing(send, journal):
    _, source = bring(send, journal, one_line())
    _, other = bring(send, journal, one_line())
    apply(send, other)

    apply(send, source)

    source.refresh_from_db()
    assert (source.status, Intervention.objects.count()) == ("read", 1)
    assert "ont changé depuis l’aperçu" in source.problem


def test_nobody_imports_the_journal_of_another(send, journal):
    page = send(
        PersonFactory(),
        "/imports/nouveau/journal/",
        file=SimpleUploadedFile("a.csv", one_line().encode()),
        resource=journal.pk,
        audience="mine",
    )

    assert page.status_code == 404
    assert Import.objects.count() == 0


def test_a_coordination_says_whose_journal_it_brings_in(client, journal):
    ResourceFactory(alliance=journal.alliance)
    coordinator = alliance_coordinator(journal.alliance)
    chosen = signed_in(client, coordinator).get("/imports/nouveau/journal/").context["form"]

    own = signed_in(client, journal.person).get("/imports/nouveau/journal/").context["form"]

    assert 'value="" selected' in str(chosen["resource"])
    assert 'value=""' not in str(own["resource"])


def test_the_preview_names_the_column_at_fault_and_sums_the_hours(client, send, journal):
    _, source = bring(send, journal, one_line(quarters="beaucoup"))
    signed_in(client, source.owner)

    page = client.get(source.get_absolute_url()).text

    assert printed("Durée : « beaucoup » n’est pas une durée") in page
    assert 'class="faulty">beaucoup</td>' in page
    assert "Corriger la ligne 2" in page


def test_the_preview_says_what_the_good_lines_add_up_to(client, send, journal):
    _, source = bring(send, journal, (SAMPLES / "journal-accompagnement.csv").read_bytes())
    signed_in(client, source.owner)

    page = client.get(source.get_absolute_url()).text

    assert printed("En tout : 316,50 h.") in page  # 1 266 quarter hours


def test_a_file_with_nothing_new_offers_nothing_to_write(client, send, journal):
    _, first = bring(send, journal, one_line())
    apply(send, first)
    _, again = bring(send, journal, one_line())
    signed_in(client, again.owner)

    page = client.get(again.get_absolute_url()).text

    assert "Rien de nouveau dans ce fichier" in page
    assert "Écrire dans Jonction" not in page


def test_the_refused_lines_come_back_with_their_reasons(client, send, journal):
    _, source = bring(send, journal, one_line(quarters="beaucoup"))
    signed_in(client, source.owner)

    page = client.get(f"{source.get_absolute_url()}refusees.csv")

    text = b"".join(page.streaming_content).decode("utf-8-sig")
    assert printed("Durée : « beaucoup » n’est pas une durée") in text
    assert "Portrait du territoire" in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_preview_costs_the_same_for_one_line_or_thirty(
    client, send, journal, count, django_assert_max_num_queries
):
    lines = [one_line(text=f"Relance {n}").removeprefix(HEADER) for n in range(count)]
    _, source = bring(send, journal, HEADER + "".join(lines).replace("1h30", "0,25"))
    signed_in(client, source.owner)

    with django_assert_max_num_queries(15):
        page = client.get(source.get_absolute_url())

    assert page.text.count("Relance ") == count


def test_what_was_understood_is_written_without_being_read_again(send, journal):
    _, source = bring(send, journal, one_line())
    Row.objects.update(cells={})

    apply(send, source)

    assert Import.objects.get().status == "applied"
    assert Intervention.objects.get().text == "Portrait du territoire"


def test_another_line_written_meanwhile_in_the_same_journal_stops_nothing(send, journal):
    _, source = bring(send, journal, one_line())
    _, other = bring(send, journal, one_line(text="Relance"))
    apply(send, other)

    apply(send, source)

    assert set(Import.objects.values_list("status", flat=True)) == {"applied"}
    assert Intervention.objects.count() == 2


def test_lines_corrected_one_by_one_are_judged_together_before_they_are_written(send, journal):
    content = one_line(quarters="20 h") + one_line(text="Relance", quarters="x").removeprefix(
        HEADER
    )
    _, source = bring(send, journal, content)
    row = source.rows.get(verdict="refused")
    cells = {**row.cells, "quarters": "5 h"}
    send(source.owner, f"{source.get_absolute_url()}lignes/{row.pk}/", **cells)

    apply(send, source)

    source.refresh_from_db()
    assert (source.status, Intervention.objects.count()) == ("read", 0)
    assert tally_of(source) == {"refused": 1, "new": 1, "changed": 0, "same": 0}
    assert "ont changé depuis l’aperçu" in source.problem


def test_writing_does_not_ask_more_for_two_hundred_lines_than_for_one(send, journal):
    def costs(count):
        lines = [one_line(text=f"{count} : {n}", quarters="15 min") for n in range(count)]
        days = [f"2026-{1 + n // 20:02}-02" for n in range(count)]
        said = [
            w.removeprefix(HEADER).replace("2026-11-02", d)
            for w, d in zip(lines, days, strict=True)
        ]
        _, source = bring(send, journal, HEADER + "".join(said))
        with CaptureQueriesContext(connection) as asked:
            apply(send, source)
        return len(asked)

    one, many = costs(1), costs(200)

    assert many - one < 10  # SQLite takes so many values at once, no more
    assert Intervention.objects.count() == 201


def test_what_is_written_is_found_by_its_words_and_no_more_once_taken_back(send, journal):
    apply(send, bring(send, journal, one_line(text="Portrait"))[1])
    _, second = bring(
        send, journal, one_line(text="Assemblée") + one_line(text="Portrait").removeprefix(HEADER)
    )
    apply(send, second)

    def found():
        entries = SearchEntry.objects.filter(kind="support.intervention").order_by("title")
        return [(entry.title, entry.dated.isoformat()) for entry in entries]

    before = found()
    send(second.owner, f"{second.get_absolute_url()}annuler/")

    assert before == [("Assemblée", "2026-11-02"), ("Portrait", "2026-11-02")]
    assert found() == [("Portrait", "2026-11-02")]
