"""What the commands read from the code, and what they refuse to let in."""

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from jonction.support.models import Mandate
from tools import docs, findings, messages


def test_every_sentence_of_the_catalogue_is_itself_in_singular_and_plural():
    read = Catalog(locale="fr")
    read.add("Tout le journal", string="autre chose", flags=["fuzzy"])
    read.add(("{n} ligne", "{n} lignes"), string=("", ""))

    again = read_po(io.StringIO(messages.written("fr", read, Catalog())), locale="fr")

    assert [(m.id, m.string, m.fuzzy) for m in again if m.id] == [
        ("Tout le journal", "Tout le journal", False),
        (("{n} ligne", "{n} lignes"), ("{n} ligne", "{n} lignes"), False),
    ]
    assert "(n > 1)" in messages.written("fr", read, Catalog())
    assert "Creation-Date" not in messages.written("fr", read, Catalog())


def test_english_keeps_what_was_translated_and_waits_for_the_rest():
    read, held = Catalog(locale="fr"), Catalog(locale="en")
    for sentence in ("Tout le journal", "Ma semaine", ("{n} ligne", "{n} lignes")):
        read.add(sentence)
    held.add("Tout le journal", string="The whole journal")
    held.add("Ma semaine", string="My weak", flags=["fuzzy"])
    held.add("Ce qui n’est plus dit", string="What is said no more")

    text = messages.written("en", read, held)

    assert "The whole journal" in text
    assert "What is said no more" not in text
    assert messages.untranslated(text) == ["Ma semaine", "('{n} ligne', '{n} lignes')"]
    assert "(n != 1)" in text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("S9, R4: under a mandate.", (["S9", "R4"], "Under a mandate.")),
        ("Loi 25, S3: with consent.", (["Loi 25", "S3"], "With consent.")),
        ("One thing: another.", ([], "One thing: another.")),
        ("", ([], "")),
    ],
)
def test_the_sources_of_a_rule_open_its_docstring(said, expected):
    assert docs.split(said) == expected


def test_the_diagram_of_a_model_has_its_arrows_and_french_labels():
    page = docs.diagram(Mandate)

    assert "    proposed : proposé\n" in page
    assert "    [*] --> proposed\n" in page
    assert "    suspended --> active\n    suspended --> ended\n" in page
    assert "    ended --> [*]\n" in page


def test_a_page_that_the_code_no_longer_writes_is_stale(tmp_path, monkeypatch):
    monkeypatch.setattr(docs, "STATES", tmp_path)
    kept, lost = tmp_path / "support.mandate.md", tmp_path / "support.gone.md"
    kept.write_text("same")
    lost.write_text("old")

    assert docs.stale_pages({kept: "same"}) == [lost]
    assert docs.stale_pages({kept: "other"}) == [lost, kept]


@pytest.mark.parametrize(
    "line",
    ["cd /" + "home/marie/jonction", "--index https://py" + "pi.org/simple", "/" + "root/.cache"],
)
def test_what_belongs_to_one_machine_is_found(line):
    assert len(list(findings.in_text("a.md", f"first line\n{line}\n"))) == 1


def test_an_address_of_ours_is_not_taken_for_a_folder():
    assert list(findings.in_text("a.md", "GET /accompagnement/journal/ ; data/home/x\n")) == []
