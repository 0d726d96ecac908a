import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.guess import Guess, Known, guess

KNOWN = [
    Known(1, ("Comité local des Deux-Rives", "La Matanie")),
    Known(2, ("Table des Plateaux", "La Matapédia")),
    Known(3, ("Table du Grand-Portage", "Rivière-du-Loup")),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "appel Table Matanie 30 min budget appel de projets",
            Guess(2, 1, "calls", "management", "logistics"),
        ),
        ("MATAPEDIA médiation 1h30", Guess(6, 2, "", "governance", "mediation")),
        (
            "animation rencontre Grand-Portage 2 h bilan",
            Guess(8, 3, "review", "operations", "logistics"),
        ),
        ("portrait 0,25 h Plateaux", Guess(1, 2, "priorities", "", "information")),
        ("appel à une personne absente", Guess(None, None, "", "", "")),
        ("Matanie et Matapédia 45 min", Guess(3, None, "", "", "")),
    ],
)
def test_a_sentence_of_the_trade_is_understood_and_nothing_is_invented(text, expected):
    assert guess(text, KNOWN) == expected


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text):
    assert guess(text, KNOWN) == guess(text, KNOWN)


def test_a_person_with_one_process_need_not_name_it():
    assert guess("30 min", KNOWN[:1]).process == 1
