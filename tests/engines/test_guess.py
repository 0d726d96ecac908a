from dataclasses import asdict
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jonction.engines import space
from jonction.engines.guess import Guess, Known, dimension_in, guess
from jonction.engines.lexicon import EXPRESSIONS, WEAK_EXPRESSIONS
from jonction.engines.reading import read_quarters
from tests.engines.guess_examples import EXAMPLES, KNOWN, TODAY

few = settings(max_examples=40)

FIELDS = ("quarters", "on", "process", "stage", "dimension", "function", "aspects")
CODES = {
    "stage": space.Stage,
    "dimension": space.Dimension,
    "function": space.Function,
    "aspect": space.Aspect,
    "posture": space.Posture,
}
typed = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [word for sentence, _ in EXAMPLES for word in sentence.split()]
        + ["31", "le", "/", "2026-02-30", "29 fev", "demain", "0h", "99:99", "à", "½", "ß", "ﬁ"]
    ),
    max_size=12,
).map(" ".join)


def told(text, known=KNOWN, today=TODAY):
    fields = asdict(guess(text, known, today))
    return {field: fields[field] for field in FIELDS}


@pytest.mark.parametrize(("sentence", "expected"), EXAMPLES, ids=[s for s, _ in EXAMPLES])
def test_a_sentence_is_understood_as_a_colleague_would_and_nothing_is_invented(sentence, expected):
    empty = asdict(Guess())

    assert told(sentence) == {field: expected.get(field, empty[field]) for field in FIELDS}


def test_every_field_is_filled_each_time_it_is_said():
    wrong = dict.fromkeys(FIELDS, 0)
    said = dict(wrong)
    for sentence, expected in EXAMPLES:
        found = told(sentence)
        for field in expected:
            said[field] += 1
            wrong[field] += found[field] != expected[field]

    assert all(number >= 8 for number in said.values()), said
    assert not any(wrong.values()), f"{wrong} of {said}"


@few
@given(typed, st.dates(date(2020, 1, 1), date(2035, 12, 31)))
@example("le 31/02 le 0 le 99/99/9999 2026-13-45", TODAY)
@example("²³ h", TODAY)
@example("٣ h", TODAY)
def test_any_text_gets_an_answer_and_never_a_day_to_come(text, today):
    found = guess(text, KNOWN, today)

    assert found == guess(text, KNOWN, today)
    assert found.on is None or found.on <= today
    assert found.quarters is None or 1 <= found.quarters <= 96


@few
@given(typed)
def test_what_led_to_a_guess_is_quoted_from_the_sentence(text):
    found = guess(text, KNOWN, TODAY)

    assert set(found.because) == {f for f in FIELDS if getattr(found, f)}
    for words in found.because.values():
        assert all(part in text for part in words.split(", "))


@few
@given(st.permutations(KNOWN), st.sampled_from([sentence for sentence, _ in EXAMPLES]))
def test_the_order_of_the_processes_does_not_matter(known, sentence):
    assert guess(sentence, known, TODAY) == guess(sentence, KNOWN, TODAY)


@given(st.integers(0, 11), st.sampled_from([0, 15, 30, 45]))
def test_a_time_is_the_same_in_a_sentence_as_in_its_own_field(hours, minutes):
    text = f"{hours}h{minutes:02d}"

    if hours or minutes:
        assert guess(f"rencontre {text} Mitis", KNOWN, TODAY).quarters == read_quarters(text)


@given(st.integers(0, 180))
def test_a_date_in_figures_is_that_date_when_it_is_past(back):
    day = TODAY - timedelta(back)

    assert guess(f"appel {day:%Y-%m-%d}", KNOWN, TODAY).on == day
    assert guess(f"appel {day:%d/%m/%Y} 1h", KNOWN, TODAY).on == day
    assert guess(f"appel {TODAY + timedelta(back + 1):%Y-%m-%d}", KNOWN, TODAY).on is None


def test_every_word_of_the_trade_says_a_code_of_the_space():
    for says in [*EXPRESSIONS.values(), *WEAK_EXPRESSIONS.values()]:
        for field, codes in says.items():
            assert set(codes) <= {code.value for code in CODES[field]}


def test_a_person_with_one_process_need_not_name_it():
    found = guess("30 min", KNOWN[:1], TODAY)

    assert (found.process, found.because) == (1, {"quarters": "30 min"})


def test_the_words_that_led_to_each_guess_are_shown_as_typed():
    found = guess(
        "Avant-hier, 1h30 + 2h de route, Rivière-du-Loup : comite d’analyse", KNOWN, TODAY
    )

    assert found.because == {
        "quarters": "1h30 + 2h",
        "on": "Avant-hier",
        "process": "Rivière-du-Loup",
        "stage": "comite d’analyse",
        "dimension": "comite d’analyse",
        "aspects": "comite d’analyse",
    }


@pytest.mark.parametrize("name", ["Comité de la Haute-Gaspésie-Nord", "Table de Trois-Rivières"])
def test_words_shared_by_many_places_name_a_process_only_together(name):
    known = [Known(1, (name,)), Known(2, ("Table de Laval",))]

    assert guess("rencontre au nord de la riviere haute", known, TODAY).process is None
    assert guess(f"rencontre {name}", known, TODAY).process == 1


@given(typed | st.sampled_from([sentence for sentence, _ in EXAMPLES]))
def test_the_dimension_heard_alone_is_the_one_of_the_whole_guess(text):
    assert dimension_in(text) == guess(text, [], TODAY).dimension


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Animation 30 h Matanie", "30 h"),
        ("100 heures de tournée", "100 heures"),
        ("trente heures de rédaction", "trente heures"),
        ("25,5 h au téléphone", "25,5 h"),
        ("appels 1500 minutes", "1500 minutes"),
        ("12h + 11h + 2h de route", "12h + 11h + 2h"),
        ("Relance, réponse d’ici 48 h", ""),
        ("Dépôt dans les 72 h", ""),
        ("Animation 2h, sur les 30 h prévues", ""),
        ("Rencontre 18h", ""),
        ("24 h de bénévolat", ""),
        ("1500 m de ruban", ""),
    ],
)
def test_a_time_that_no_day_holds_fills_nothing_and_is_quoted(sentence, words):
    found = guess(sentence, KNOWN, TODAY)

    assert found.too_long == words
    assert not words or (found.quarters, found.because.get("quarters")) == (None, None)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Rencontre Matanie 13 h", "13 h"),
        ("Rencontre 18 heures", "18 heures"),
        ("24 h de bénévolat", "24 h"),
        ("Rencontre 15h30", "15h30"),
        ("Rencontre à 13 h", ""),
        ("Rencontre de 13h à 16h", ""),
        ("Rencontre 13 h, 2 h en tout", ""),
        ("Relance, réponse d’ici 24 h", ""),
        ("Animation 30 h", ""),
        ("Animation", ""),
    ],
)
def test_what_may_be_an_hour_of_the_day_fills_nothing_and_is_quoted(sentence, words):
    found = guess(sentence, KNOWN, TODAY)

    assert found.clock == words
    assert not words or (found.quarters, found.too_long) == (None, "")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("réunion le 31 février 1h", "le 31 février"),
        ("réunion Mitis demain 1h", "demain"),
        ("réunion 2027-01-08", "2027-01-08"),
        ("appels hier et lundi, 1h", "hier et lundi"),
        ("réunion hier 1h, la suite demain", ""),
        ("réunion lundi 23 novembre", ""),
        ("convocation pour demain 1h", ""),
        ("prochaine rencontre le 3 déc", ""),
        ("réunion 1h", ""),
    ],
)
def test_a_day_that_is_no_past_one_fills_nothing_and_is_quoted(sentence, words):
    found = guess(sentence, KNOWN, TODAY)

    assert found.no_day == words
    assert not words or found.on is None


@few
@given(typed)
def test_what_was_not_taken_is_part_of_what_was_typed(text):
    found = guess(text, KNOWN, TODAY)

    assert all(words in text for words in (found.too_long, found.clock, found.no_day))
