from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.reading import (
    MONTHS,
    NotADate,
    NotADuration,
    NotANumber,
    read_date,
    read_decimal,
    read_minutes,
    read_quarters,
)

ACCENTED = ("janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre")  # fmt: skip
DAYS = st.dates(min_value=date(1, 1, 1))
# what a spreadsheet may hold where a date, a time or a number is expected
SCRIBBLES = st.text() | st.text(
    alphabet="0123456789 \u00a0\u202f,.:/-+hmin$()½²'eraoût", max_size=14
)


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("1h30", 6),
        ("1 h 30", 6),
        ("0h45", 3),
        ("0 h 30", 2),
        ("1,5", 6),
        ("1.5", 6),
        ("2,5 h", 10),
        ("0,25", 1),
        ("0,25 h", 1),
        ("2,00", 8),
        ("0,3333333333333333", 1),
        ("90 min", 6),
        ("90 minutes", 6),
        ("2 h", 8),
        ("1:30", 6),
        ("1:30:00", 6),
        ("26:30", 106),
        ("3 h 30", 14),
        ("1 heure 30", 6),
        ("2 heures", 8),
        ("1 heure et 15 minutes", 5),
        ("1 h 30 min", 6),
        ("2 hres", 8),
        ("½ h", 2),
        ("1½ h", 6),
        ("1 ½", 6),
        ("1 H 30", 6),
        ("5 min", 1),
        ("1\u00a0h\u00a030", 6),
        ("1\u202fh\u202f30", 6),
    ],
)
def test_a_duration_reads_as_people_write_it(text, quarters):
    assert read_quarters(text) == quarters


@pytest.mark.parametrize(
    ("text", "quarters"), [("7 min", 1), ("8 min", 1), ("22 min", 1), ("23 min", 2), ("1 h 53", 8)]
)
def test_a_duration_is_rounded_to_the_nearest_quarter(text, quarters):
    assert read_quarters(text) == quarters


@pytest.mark.parametrize(
    "text",
    [
        "beaucoup",
        "",
        "h",
        ",",
        "-1",
        "-1:30",
        "0",
        "0 min",
        "0:00",
        "1h30h",
        "1h75",
        "1:75",
        "31/02/2026",
        "²",
    ],
)
def test_what_is_not_a_duration_is_refused(text):
    with pytest.raises(NotADuration):
        read_quarters(text)


@given(st.integers(1, 400))
def test_a_duration_reads_back_to_itself(quarters):
    hours, minutes = quarters // 4, quarters % 4 * 15
    printed = (
        f"{hours} h {minutes:02d}",
        f"{hours}h{minutes:02d}",
        f"{hours}:{minutes:02d}",
        f"{quarters * 15} min",
        f"{Decimal(quarters) / 4}".replace(".", ","),
    )

    assert {read_quarters(text) for text in printed} == {quarters}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("75", 75),
        (" 075 ", 75),
        ("0", 0),
        ("1 h 15", 75),
        ("1h15", 75),
        ("1:15", 75),
        ("75 min", 75),
        ("1,25 h", 75),
        ("0,333 h", 20),
        ("2 h", 120),
    ],
)
def test_minutes_read_as_people_write_them_and_a_number_alone_counts_minutes(text, minutes):
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "-3", "une heure", "1,5", "75,0", "½", "9" * 30, "²"])
def test_what_is_no_minutes_is_refused(text):
    with pytest.raises(NotADuration):
        read_minutes(text)


@given(SCRIBBLES)
def test_any_text_is_a_duration_or_said_not_to_be_one(text):
    with suppress(NotADuration):
        assert read_quarters(text) >= 1
    with suppress(NotADuration):
        assert read_minutes(text) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026/11/23",
        "2026.11.23",
        "23/11/2026",
        "23-11-2026",
        "23.11.2026",
        "23 novembre 2026",
        "23 NOVEMBRE 2026",
        "23 nov. 2026",
        "23 nov 2026",
        "23-nov.-2026",
        "lundi 23 novembre 2026",
        "le lundi 23 novembre 2026",
        "Lundi, le 23 novembre 2026",
        "2026-11-23T14:05:00",
        "2026-11-23T14:05:00.123456-05:00",
        "2026-11-23 14:05",
        "2026-11-23 00:00:00",
        "2026-11-23T23:59:59Z",
        "23/11/2026 14 h 05",
        "23 novembre 2026 à 14 h",
        "  23\u00a0novembre\u202f2026 ",
        "\u200e2026-11-23",
    ],
)
def test_a_date_reads_as_people_write_it(text):
    assert read_date(text) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er juin 2026", date(2026, 6, 1)),
        ("1ᵉʳ juin 2026", date(2026, 6, 1)),
        ("1 juin 2026", date(2026, 6, 1)),
        ("5/6/2026", date(2026, 6, 5)),
        ("15 aout 2026", date(2026, 8, 15)),
        ("15 août 2026", date(2026, 8, 15)),
        ("2 fev. 2026", date(2026, 2, 2)),
        ("2 févr. 2026", date(2026, 2, 2)),
        ("9 juill. 2026", date(2026, 7, 9)),
        ("9 déc. 2026", date(2026, 12, 9)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_months_read_with_or_without_accents_and_shortened(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "31/02/2026",
        "29/02/2026",
        "2026-13-01",
        "11/23/2026",
        "23/11/26",
        "23/11-2026",
        "0000-01-01",
        "9 jui 2026",
        "9 brumaire 2026",
        "32 juin 2026",
        "2026",
        "2026-11-23 25:00",
        "2026-11-23 ou le lendemain",
        "\u0662\u0660\u0662\u0666-11-23",
    ],
)
def test_a_day_that_does_not_exist_or_is_not_said_is_refused(text):
    with pytest.raises(NotADate):
        read_date(text)


@given(DAYS)
def test_a_date_reads_back_to_itself(day):
    iso = day.isoformat()
    year, month, number = iso.split("-")
    printed = (
        iso,
        f"{iso}T12:30:00",
        f"{number}/{month}/{year}",
        f"{day.day}.{day.month}.{year}",
        f"{day.day} {ACCENTED[day.month - 1]} {year}",
        f"{day.day} {MONTHS[day.month - 1].upper()} {year}",
    )

    assert {read_date(text) for text in printed} == {day}


@given(SCRIBBLES)
def test_any_text_is_a_date_or_said_not_to_be_one(text):
    with suppress(NotADate):
        assert date.min <= read_date(text) <= date.max


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("12", "12"),
        ("-12", "-12"),
        ("\u221212", "-12"),
        ("0,25", "0.25"),
        ("0.25", "0.25"),
        (",5", "0.5"),
        ("1234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56 $", "1234.56"),
        ("1\u202f234\u202f567,89\u00a0$", "1234567.89"),
        ("1,234.56", "1234.56"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1'234.50", "1234.50"),
        ("$1,234.56", "1234.56"),
        ("$ 1 234", "1234"),
        ("-12 $", "-12"),
        ("-$12", "-12"),
        ("$-12", "-12"),
        ("(1 234,56 $)", "-1234.56"),
        ("95 422,00 $ CA", "95422"),
        ("95 422,00 CAD", "95422"),
    ],
)
def test_a_number_reads_as_people_write_it(text, number):
    assert read_decimal(text) == Decimal(number)


def test_three_digits_after_the_only_mark_are_thousands_of_dollars_and_decimals_elsewhere():
    assert [read_decimal(text) for text in ("1,234 $", "$1,234", "1.234 $", "0,125 $")] == [
        Decimal(1234),
        Decimal(1234),
        Decimal(1234),
        Decimal("0.125"),
    ]
    assert [read_decimal(text) for text in ("1,234", "2,125", "1.234")] == [
        Decimal("1.234"),
        Decimal("2.125"),
        Decimal("1.234"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "$",
        "-",
        ".",
        "beaucoup",
        "418 214-3689",
        "12 34",
        "1 2345",
        "1,23,456",
        "1,2,3",
        "1.2.3",
        "50 %",
        "1e5",
        "nan",
        "Infinity",
        "--12",
        "-$-12",
        "(12",
        "12)",
        "(-12)",
        "12 k$",
        "²",
        "\u0661\u0662",
    ],
)
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(NotANumber):
        read_decimal(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))  # fmt: skip
def test_a_number_reads_back_to_itself(number):
    english = f"{number:,f}"
    french = english.translate(str.maketrans({",": "\u202f", ".": ","}))
    printed = (english, french, f"{french}\u00a0$", f"{number:f}", f"{number:f}".replace(".", ","))

    assert {read_decimal(text) for text in printed} == {number}


@given(SCRIBBLES)
def test_any_text_is_a_number_or_said_not_to_be_one(text):
    with suppress(NotANumber):
        assert read_decimal(text).is_finite()
