"""What two writings of one file, or of two files that say the same, could break together."""

import pytest
from django.core.files.base import ContentFile

from jonction.governance.models import Organisation
from jonction.imports.actions import apply_import, correct_row, start_import
from jonction.imports.models import Import, Row
from jonction.imports.readers import readers
from jonction.imports.rules import can_apply_import
from jonction.imports.work import write_rows
from jonction.support.models import Intervention
from tests.factories import TODAY, AllianceFactory, MandateFactory, SeatFactory
from tests.races.meeting import meet
from tools.messages import printed

pytestmark = pytest.mark.django_db(transaction=True)

ORGANISATIONS = "Nom légal;NEQ\nMoisson L’Arrimage;1133026102\n"


def read(kind, actor, content, **options):
    """Return the id of a file that was read and waits to be written."""
    file = ContentFile(content.encode(), name="liste.csv")
    source = start_import(readers()[kind], actor=actor, today=TODAY, file=file, options=options)
    assert Import.objects.get(pk=source.pk).status == "read"
    return source.pk


def journal(mandate, words="Portrait"):
    content = f"Date;Instance;Activité;Durée\n2026-11-02;{mandate.process.body};{words};20 h\n"
    actor, options = mandate.resource.person, {"resource": mandate.resource_id, "audience": "body"}
    return read("journal", actor, content, **options)


def applies(pk):
    seen = Import.objects.select_related("owner").get(pk=pk)
    return lambda: apply_import(seen, actor=seen.owner, today=TODAY)


def works(pk):
    """Look at a file that a person asked to write, as the job that writes it does."""
    Import.objects.filter(pk=pk).update(status="applying")
    seen = Import.objects.select_related("owner").get(pk=pk)
    return lambda: write_rows(seen)


def applies_judged_before(pk):
    source = Import.objects.select_related("owner").get(pk=pk)
    verdict = can_apply_import(source.owner, source, TODAY)
    rows = list(source.rows.all())

    def writes():
        if verdict:
            readers()["journal"].write(rows, source.options, source.owner)

    return writes


def told(pk):
    return Import.objects.values_list("status", "problem").get(pk=pk)


def test_an_import_applied_twice_at_once_is_written_once():
    pk = journal(MandateFactory())

    outcome = meet(lambda: applies(pk), lambda: applies(pk))

    assert outcome == ["done", "Refused"]
    assert (Intervention.objects.count(), told(pk)) == (1, ("applied", ""))


def test_judged_before_the_move_an_import_would_be_written_twice():
    pk = journal(MandateFactory())

    meet(lambda: applies_judged_before(pk), lambda: applies_judged_before(pk))

    assert Intervention.objects.count() == 2


def test_a_job_that_runs_twice_writes_once_and_says_nothing_false():
    pk = journal(MandateFactory())

    meet(lambda: works(pk), lambda: works(pk))

    assert (Intervention.objects.count(), told(pk)) == (1, ("applied", ""))


def test_two_files_that_say_the_same_are_written_once():
    mandate = MandateFactory()
    first, second = journal(mandate), journal(mandate)

    meet(lambda: works(first), lambda: works(second))

    assert Intervention.objects.count() == 1
    assert told(first) == ("applied", "")
    assert told(second) == (
        "read",
        printed("Les données ont changé depuis l’aperçu : relisez-le, puis écrivez."),
    )


def test_two_files_written_at_once_do_not_pass_24_hours_together():
    mandate = MandateFactory()
    first, second = journal(mandate), journal(mandate, words="Relance")

    meet(lambda: works(first), lambda: works(second))

    assert [line.quarters for line in Intervention.objects.all()] == [80]
    assert told(second)[0] == "read"


def test_two_alliances_that_bring_the_same_organisation_at_once_make_one():
    coordinators = [
        SeatFactory(role="coordinator", body__level="regional", body__alliance=alliance)
        for alliance in AllianceFactory.create_batch(2)
    ]
    first, second = (
        read("organismes", seat.person, ORGANISATIONS, alliance=seat.body.alliance_id)
        for seat in coordinators
    )

    meet(lambda: works(first), lambda: works(second))

    assert Organisation.objects.count() == 1
    assert told(first) == ("applied", "")
    assert told(second) == (
        "read",
        printed("Les données ont changé depuis l’aperçu : relisez-le, puis écrivez."),
    )


def test_a_row_corrected_while_it_is_written_stays_as_it_was_written():
    pk = journal(MandateFactory())

    def corrects():
        row = Row.objects.select_related("source__owner").get(source=pk)
        facts = {"actor": row.source.owner, "today": TODAY, "cells": {"quarters": "1 h"}}
        return lambda: correct_row(row, **facts)

    outcome = meet(lambda: applies(pk), corrects)

    row = Row.objects.get()
    assert outcome == ["done", "Refused"]
    assert (row.target, row.facts["quarters"]) == (Intervention.objects.get().pk, 80)
