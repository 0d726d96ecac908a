"""The days of the demonstration on which people are asked for something: never a holiday."""

from datetime import date, timedelta

from jonction.cycle.days import days_off

SATURDAY = 5


def working(day: date) -> date:
    """Return the day, or the first working day after it."""
    off = days_off(day.year, day.year + 1)
    while day.weekday() >= SATURDAY or day in off:
        day += timedelta(days=1)
    return day
