import pytest

from jonction.core.taxonomy import Level
from jonction.engines.coverage import Status
from jonction.support.coverage import coverage_of
from jonction.support.models import Intervention
from jonction.support.queries.access import (
    followed_processes,
    named_in,
)
from jonction.support.queries.journal import facts_by_line, facts_of, interventions_visible_to
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    PersonFactory,
    ProcessFactory,
    SeatFactory,
)
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db


def people_around(mandate):
    body = mandate.process.body
    table = BodyFactory(alliance=body.alliance, level=Level.REGIONAL)
    return {
        "writer": mandate.resource.person,
        "colleague": MandateFactory(process=mandate.process).resource.person,
        "body": SeatFactory(body=body, role="coordinator").person,
        "member": SeatFactory(body=body, role="member").person,
        "alliance": SeatFactory(body=table, role="coordinator").person,
        "observer": SeatFactory(body=table, role="observer").person,
        "stranger": SeatFactory().person,
    }


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("mine", {"writer"}),
        ("mandate", {"writer", "colleague"}),
        ("body", {"writer", "colleague", "body", "alliance"}),
        ("open", {"writer", "colleague", "body", "alliance", "member"}),
    ],
)
def test_a_line_is_read_by_its_audience_alone(audience, readers):
    mandate = MandateFactory()
    line = log(mandate, audience=audience)

    seen = {
        name
        for name, person in people_around(mandate).items()
        if interventions_visible_to(person, TODAY).filter(pk=line.pk).exists()
    }

    assert seen == readers


def test_an_observer_follows_the_totals_and_reads_no_name():
    mandate = MandateFactory()
    observer = people_around(mandate)["observer"]

    assert followed_processes(observer, TODAY).count() == 1
    assert named_in(observer, TODAY) == []


def test_a_seat_that_has_ended_opens_nothing():
    seat = SeatFactory(ends_on="2026-11-22", role="coordinator")
    ProcessFactory(body=seat.body)

    assert followed_processes(seat.person, TODAY).count() == 0


def test_a_person_without_seat_or_mandate_follows_nothing():
    ProcessFactory()

    assert followed_processes(PersonFactory(), TODAY).count() == 0


def test_the_cells_of_a_process_sum_to_the_hours_of_its_journal():
    mandate = MandateFactory()
    log(mandate, quarters=3)
    log(mandate, quarters=5, stages=["planning"], dimensions=["communication"])

    judged = coverage_of([mandate.process], None, on=TODAY)

    assert sum(j.cell.done_parts for j in judged) == 8 * 720


def test_a_second_person_makes_a_thin_cell_hold():
    mandate = MandateFactory(quarters_per_week=32)

    def planning():
        judged = coverage_of([mandate.process], None, on=TODAY)
        return next(
            j.cell.status for j in judged if (j.stage, j.dimension) == ("planning", "governance")
        )

    assert planning() == Status.THIN
    MandateFactory(process=mandate.process)
    assert planning() == Status.COVERED


@pytest.mark.parametrize("count", [1, 30])
def test_coverage_costs_the_same_for_one_process_or_thirty(django_assert_num_queries, count):
    mandates = MandateFactory.create_batch(count)
    processes = list(
        type(mandates[0].process)
        .objects.select_related("body__alliance")
        .prefetch_related("stages")
    )

    with django_assert_num_queries(5):  # mandates, absences, journal twice, waivers
        judged = coverage_of(processes, None, on=TODAY)

    assert len(judged) == 24 * count


def test_what_is_written_late_leaves_the_judgement_of_a_finished_stage_alone():
    mandate = MandateFactory(stages=["planning"])

    def mobilisation():
        judged = coverage_of([mandate.process], None, on=TODAY)
        return next(
            j.cell for j in judged if (j.stage, j.dimension) == ("mobilisation", "governance")
        )

    assert mobilisation().status == Status.HOLE
    log(mandate, stages=["mobilisation"], dimensions=["governance"])
    assert mobilisation().status == Status.HOLE
    assert mobilisation().done_parts == 3 * 720


def test_a_finished_stage_counts_the_weeks_before_its_end():
    mandate = MandateFactory(starts_on="2026-04-01", stages=["mobilisation"])
    last_day = mandate.process.stages.get(kind="mobilisation").planned_to
    log(mandate, on=last_day, stages=["mobilisation"], dimensions=["governance"])

    judged = coverage_of([mandate.process], None, on=TODAY)

    cell = next(j.cell for j in judged if (j.stage, j.dimension) == ("mobilisation", "governance"))
    assert (cell.recent_parts, cell.last_on) == (3 * 720, last_day)


def test_lines_say_the_same_together_as_one_by_one(django_assert_num_queries):
    mandate = MandateFactory()
    log(mandate, text="Portrait", stages=["review", "calls"], dimensions=["operations"])
    log(mandate, text="Relance", follow_up="Rappeler", participants=4)
    one_by_one = {line.pk: facts_of(line) for line in Intervention.objects.all()}

    with django_assert_num_queries(2):
        together = facts_by_line(Intervention.objects.order_by("pk"))

    assert together == one_by_one
    assert list(together) == sorted(one_by_one)
