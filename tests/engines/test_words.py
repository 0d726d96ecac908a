import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.words import fold, fold_key, indexed, marked, question, stem, terms

ALIKE = [
    ("élèves", "eleve"), ("bénévole", "BENEVOLES"), ("chevaux", "cheval"), ("pauvreté", "pauvretes"),
    ("œuvre", "oeuvres"), ("évaluations", "évaluer"), ("évaluée", "evalue"), ("aînée", "aines"),
    ("organisme", "organismes"), ("priorités", "priorite"), ("régionaux", "régionale"),
    ("journal", "journaux"), ("enjeux", "enjeu"), ("milieux", "milieu"), ("comité", "comites"),
    ("accompagnatrice", "accompagnateur"), ("mobilisation", "mobiliser"), ("citoyennes", "citoyen"),
    ("sociaux", "sociale"), ("réseaux", "reseau"),
]  # fmt: skip
APART = [("pauvreté", "pause"), ("comité", "comté"), ("projet", "promoteur"), ("été", "étude")]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_words_of_one_family_have_one_root(one, other):
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_of_two_families_have_two_roots(one, other):
    assert stem(fold(one)) != stem(fold(other))


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="éèàçœæùïôEÉabct-’ 123", max_size=60))
def test_accents_never_change_what_is_asked(text):
    assert question(text) == question(fold(text))


@given(st.text(max_size=100))
def test_a_text_is_found_by_each_of_its_words_and_marked_without_loss(text):
    for word in terms(text):
        asked = question(word)
        if asked is not None and indexed(word):
            assert {asked.root, asked.last} <= set(indexed(text).split())
            assert "".join(piece for piece, _ in marked(text, asked)) == text


@pytest.mark.parametrize("text", ["", " ", "a", "’", "l’", "%_*\"'", "é"])
def test_one_letter_asks_nothing(text):
    assert question(text) is None


def test_articles_do_not_count_and_the_last_word_may_be_unfinished():
    asked = question("l’évaluation de la pauv")

    assert (asked.stems, asked.last) == (("evalu",), "pauv")
    assert marked("La pauvreté d’évaluer", asked) == [
        ("La ", False), ("pauvreté", True), (" d’", False), ("évaluer", True),
    ]  # fmt: skip


def test_names_sort_in_french_and_numbers_by_their_value():
    names = ["Zone", "Table 10", "Évaluation", "table 2", "Œuvre", "L’Anse", "Ote"]

    assert sorted(names, key=fold_key) == [
        "Évaluation", "L’Anse", "Œuvre", "Ote", "table 2", "Table 10", "Zone",
    ]  # fmt: skip
