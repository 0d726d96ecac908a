"""What two people who support could break together."""

import pytest
from django.db import IntegrityError
from django.db.models import Sum

from jonction.core.models import Trace
from jonction.core.states import move
from jonction.cycle.models import Process
from jonction.support.actions.journal import correct_intervention, remove_intervention
from jonction.support.actions.mandate import accept_mandate, end_mandate
from jonction.support.actions.resource import add_leave, offer_capacity
from jonction.support.continuity import foreseen_of, watch
from jonction.support.models import Alert, Capacity, Intervention, Leave, Mandate, Need
from jonction.support.rules.journal import can_log_intervention
from jonction.support.rules.mandate import can_accept_mandate
from tests.factories import TODAY, MandateFactory, NeedFactory, PersonFactory, ResourceFactory
from tests.races.meeting import meet
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)

FIFTEEN_HOURS = 60


def noted():
    return Intervention.objects.aggregate(sum=Sum("quarters"))["sum"]


def test_two_lines_noted_at_once_do_not_pass_24_hours():
    mandate = MandateFactory()

    outcome = meet(*[lambda: lambda: log(mandate, quarters=FIFTEEN_HOURS)] * 2)

    assert (outcome, noted()) == (["done", "Refused"], FIFTEEN_HOURS)


def test_judged_before_the_lock_two_lines_would_pass_24_hours():
    mandate = MandateFactory()
    facts = {"on": TODAY, "quarters": FIFTEEN_HOURS}

    def looks():
        verdict = can_log_intervention(
            mandate.resource.person, mandate.process, today=TODAY, **facts
        )
        return lambda: (
            verdict
            and Intervention.objects.create(
                resource=mandate.resource, process=mandate.process, text="Visite", **facts
            )
        )

    meet(looks, looks)

    assert noted() == 2 * FIFTEEN_HOURS > 96


def offers_for_one_capacity():
    """Return the looks of one resource at two offers that each fill all its hours."""
    resource = ResourceFactory()
    Capacity.objects.create(
        resource=resource, quarters_per_week=16, starts_on="2026-01-01", ends_on="2027-12-31"
    )
    offers = MandateFactory.create_batch(2, resource=resource, status="proposed")
    return resource.person, [offer.pk for offer in offers]


def promised():
    active = Mandate.objects.filter(status="active")
    return active.aggregate(sum=Sum("quarters_per_week"))["sum"]


def test_two_mandates_accepted_at_once_do_not_pass_the_capacity():
    person, offers = offers_for_one_capacity()

    def accepts(pk):
        offer = Mandate.objects.get(pk=pk)
        return lambda: accept_mandate(offer, actor=person, today=TODAY)

    outcome = meet(*[lambda pk=pk: accepts(pk) for pk in offers])

    assert (outcome, promised()) == (["done", "Refused"], 16)


def test_judged_before_the_lock_two_mandates_would_pass_the_capacity():
    person, offers = offers_for_one_capacity()

    def accepts(pk):
        offer = Mandate.objects.get(pk=pk)
        verdict = can_accept_mandate(person, offer, TODAY)
        return lambda: verdict and move(offer, "active", actor=person)

    meet(*[lambda pk=pk: accepts(pk) for pk in offers])

    assert promised() == 32


def states_left(by):
    """Return the state of a need that one closes while another declines it, and the traces."""
    need, actors = NeedFactory(), PersonFactory.create_batch(2)

    def looks(to, actor):
        seen = Need.objects.get(pk=need.pk)
        return lambda: by(seen, to, actor=actor)

    outcome = meet(
        lambda: looks("closed", actors[0]),
        lambda: looks("declined", actors[1]),
    )
    need.refresh_from_db()
    return outcome, need.status, sorted(Trace.objects.values_list("verb", flat=True))


def naive_move(thing, to, *, actor):
    """Trust what was read: the very fault that the conditional update prevents."""
    thing.status = to
    thing.save(update_fields=["status"])
    Trace.leave(actor, f"support.need.{to}", thing)


def test_of_two_people_who_move_one_thing_one_is_told():
    assert states_left(move) == (["done", "Refused"], "closed", ["support.need.closed"])


def test_without_the_condition_a_closed_need_would_be_declined():
    outcome, status, traces = states_left(naive_move)

    assert (outcome, status) == (["done", "done"], "declined")
    assert traces == ["support.need.closed", "support.need.declined"]


def test_a_mandate_that_ends_today_is_not_prolonged_by_whoever_shortens_it_at_once():
    mandate = MandateFactory()
    later = TODAY.replace(month=12)

    def ends(on):
        seen = Mandate.objects.get(pk=mandate.pk)
        actor = mandate.resource.person
        return lambda: end_mandate(seen, actor=actor, today=TODAY, on=on, word="Départ")

    outcome = meet(lambda: ends(TODAY), lambda: ends(later))

    mandate.refresh_from_db()
    assert (outcome, mandate.status) == (["done", "Refused"], "ended")
    assert mandate.ends_on == TODAY


def test_a_line_taken_back_while_it_is_corrected_does_not_return():
    line = log(MandateFactory())
    actor = line.resource.person

    def removes():
        seen = Intervention.objects.get(pk=line.pk)
        return lambda: remove_intervention(seen, actor=actor, today=TODAY)

    def corrects():
        seen = Intervention.objects.select_related("process").get(pk=line.pk)
        return lambda: correct_intervention(
            seen,
            actor=actor,
            today=TODAY,
            process=seen.process,
            on=TODAY,
            quarters=2,
            text="Autre chose",
            stages=["planning"],
            dimensions=["governance"],
        )

    assert (meet(removes, corrects), noted()) == (["done", "Refused"], None)


def a_process_about_to_break():
    mandate = MandateFactory(ends_on="2026-12-15")
    return Process.objects.select_related("body__alliance").get(pk=mandate.process_id)


def test_two_watches_at_once_raise_one_alert():
    process = a_process_about_to_break()
    foreseen = {f.breaking.key for f in foreseen_of([process], today=TODAY)}

    meet(*[lambda: lambda: watch([process], today=TODAY)] * 2)

    assert sorted(Alert.objects.values_list("key", flat=True)) == sorted(foreseen)
    assert foreseen


def test_a_watch_that_trusts_what_it_saw_would_break_down():
    process = a_process_about_to_break()

    def looks():
        found = foreseen_of([process], today=TODAY)
        return lambda: [
            Alert.objects.create(
                process=process,
                key=f.breaking.key,
                kind=f.kind,
                breaks_on=f.breaking.breaks_on,
                seen_on=TODAY,
            )
            for f in found
        ]

    with pytest.raises(IntegrityError):
        meet(looks, looks)


def test_a_leave_sent_twice_at_once_is_one_leave():
    resource = ResourceFactory()
    facts = {"actor": resource.person, "today": TODAY, "starts_on": TODAY, "ends_on": TODAY}

    outcome = meet(*[lambda: lambda: add_leave(resource, **facts)] * 2)

    assert (outcome, Leave.objects.count()) == (["done", "done"], 1)


def test_hours_sent_twice_at_once_are_offered_once():
    resource = ResourceFactory()
    facts = {"actor": resource.person, "today": TODAY, "starts_on": TODAY, "ends_on": TODAY}

    outcome = meet(*[lambda: lambda: offer_capacity(resource, quarters_per_week=28, **facts)] * 2)

    assert (outcome, Capacity.objects.count()) == (["done", "done"], 1)
