from datetime import UTC, date, datetime, time

import pytest

from jonction.territories.legal_time import NoSuchTime, instant, written
from tools.messages import printed

FIVE = time(17)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("America/Toronto", 21), ("America/Halifax", 20), ("America/Blanc-Sablon", 21)],
)
def test_five_o_clock_in_summer_is_stored_as_the_instant_of_its_zone(zone, hour):
    assert instant(date(2026, 7, 2), FIVE, zone) == datetime(2026, 7, 2, hour, tzinfo=UTC)


def test_a_time_that_the_clocks_jump_over_is_told():
    with pytest.raises(NoSuchTime):
        instant(date(2026, 3, 8), time(2, 30), "America/Toronto")


def test_blanc_sablon_never_changes_its_clocks():
    at = instant(date(2026, 3, 8), time(2, 30), "America/Blanc-Sablon")

    assert at == datetime(2026, 3, 8, 6, 30, tzinfo=UTC)


def test_of_the_two_times_of_an_autumn_night_the_first_counts():
    at = instant(date(2026, 11, 1), time(1, 30), "America/Toronto")

    assert at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_an_instant_is_written_with_the_name_of_its_legal_time():
    at = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)

    assert written(at, "America/Toronto") == printed("30 novembre 2026 à 17 h 00, heure de l’Est")
    assert written(at, "America/Halifax") == printed(
        "30 novembre 2026 à 18 h 00, heure de l’Atlantique"
    )
