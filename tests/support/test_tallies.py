"""The sums kept beside the journal always say what the journal says."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from jonction.support.actions.journal import correct_intervention, remove_intervention
from jonction.support.coverage import coverage_of
from jonction.support.models import PostureTally, QuarterTally, Share, Tally
from tests.factories import TODAY, MandateFactory, ProcessFactory
from tests.imports.test_journal import apply, bring, journal, one_line, send  # noqa: F401
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db


def summed():
    """Return what the tallies should say, from the shares alone."""
    found = defaultdict(lambda: (0, date.min))
    for one in Share.objects.all():
        key = (one.process_id, one.resource_id, one.on.year, one.level, one.stage, one.dimension)
        parts, last = found[key]
        found[key] = (parts + one.parts, max(last, one.on))
    return {(*key, *value) for key, value in found.items()}


def summed_by_quarter():
    """Return what the tallies by quarter should say, from the shares alone."""
    functions, postures = defaultdict(int), defaultdict(int)
    for one in Share.objects.select_related("intervention"):
        first = date(one.on.year, one.on.month - (one.on.month - 1) % 3, 1)
        here = (one.process_id, one.resource_id, first)
        functions[*here, one.stage, one.intervention.function] += one.parts
        postures[*here, one.intervention.posture] += one.parts
    return [{(*key, n) for key, n in sums.items()} for sums in (functions, postures)]


def kept_by_quarter():
    here = ["process", "resource", "quarter"]
    return [
        set(QuarterTally.objects.values_list(*here, "stage", "function", "parts")),
        set(PostureTally.objects.values_list(*here, "posture", "parts")),
    ]


def kept():
    assert kept_by_quarter() == summed_by_quarter()  # the two sums are always kept together
    names = ["process", "resource", "year", "level", "stage", "dimension", "parts", "last_on"]
    return set(Tally.objects.values_list(*names))


def test_each_line_noted_is_counted():
    mandate = MandateFactory(starts_on=date(2025, 9, 1))
    for days in (0, 1, 300, 400):
        said = {"function": "mediation", "posture": "expertise"} if days % 2 else {}
        log(mandate, on=TODAY - timedelta(days=days), quarters=days % 7 + 1, **said)

    assert kept() == summed()
    assert {tally.year for tally in Tally.objects.all()} == {2025, 2026}


def test_a_line_corrected_leaves_where_it_was_and_counts_where_it_is():
    mandate = MandateFactory(starts_on=date(2025, 9, 1))
    other = MandateFactory(resource=mandate.resource, starts_on=date(2025, 9, 1))
    log(mandate)
    line = log(mandate, on=TODAY - timedelta(days=1))

    correct_intervention(
        line,
        actor=mandate.resource.person,
        today=TODAY,
        process=other.process,
        on=date(2025, 12, 31),
        quarters=5,
        text=line.text,
        stages=["review"],
        dimensions=["operations"],
        function="",
        audience="body",
        aspects=[],
        follow_up="",
        participants=None,
    )

    assert kept() == summed()
    assert Tally.objects.get(process=other.process).parts == 5 * 720


def test_a_line_taken_back_is_counted_no_more():
    mandate = MandateFactory()
    first, last = log(mandate, on=TODAY - timedelta(days=3)), log(mandate)

    remove_intervention(last, actor=mandate.resource.person, today=TODAY)
    after_one = (kept(), summed(), {tally.last_on for tally in Tally.objects.all()})
    remove_intervention(first, actor=mandate.resource.person, today=TODAY)

    assert after_one[0] == after_one[1]
    assert after_one[2] == {first.on}
    assert kept() == set()


def test_an_import_is_counted_when_written_when_it_changes_and_when_undone(send, journal):  # noqa: F811
    apply(send, bring(send, journal, one_line())[1])
    written = (kept(), summed())
    _, second = bring(send, journal, one_line(quarters="2 h", stage="bilan"))
    apply(send, second)
    changed = (kept(), summed())
    send(second.owner, f"{second.get_absolute_url()}annuler/")

    assert written[0] == written[1] != set()
    assert changed[0] == changed[1] != written[0]
    assert kept() == summed() == written[0]


def test_an_import_undone_leaves_nothing_counted(send, journal):  # noqa: F811
    _, source = bring(send, journal, one_line())
    apply(send, source)

    send(source.owner, f"{source.get_absolute_url()}annuler/")

    assert kept() == summed() == set()


def test_the_command_counts_again_what_was_wrong(capsys):
    log(MandateFactory())
    right = kept()
    Tally.objects.update(parts=1)
    QuarterTally.objects.update(parts=1, function="mediation")
    Tally.objects.create(
        process=ProcessFactory(),
        resource_id=Tally.objects.all()[0].resource_id,
        year=2020,
        level="local",
        stage="review",
        dimension="operations",
        parts=9,
        last_on=TODAY,
    )

    call_command("recount")

    assert kept() == summed() == right
    assert "refaits" in capsys.readouterr().out


@pytest.mark.parametrize("on", [date(2025, 10, 9), date(2025, 12, 31), date(2026, 10, 1), TODAY])
def test_a_day_that_is_past_counts_what_was_done_until_then(on):
    mandate = MandateFactory(starts_on=date(2025, 9, 1))
    days = [date(2025, 10, 9), date(2025, 12, 1), date(2026, 3, 2), date(2026, 10, 2), TODAY]
    for rank, day in enumerate(days):
        log(mandate, on=day, quarters=rank + 1)

    judged = coverage_of([mandate.process], "local", on=on)

    shares = Share.objects.filter(on__lte=on)
    assert sum(one.cell.done_parts for one in judged) == sum(share.parts for share in shares)
    assert max(one.cell.last_on for one in judged if one.cell.last_on) == max(
        day for day in days if day <= on
    )
