"""What becomes of a note written on a phone: noted, refused, to choose, or in conflict.

Its sentence is read by the guess of the page, checked by the form of the page, and written by the
action and the rule of the page: the phone only writes earlier.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.gestures import attempt
from jonction.core.models import Receipt
from jonction.core.taxonomy import Dimension, Stage
from jonction.cycle.models import Process
from jonction.support.actions.field import note_from_field
from jonction.support.forms.field import NoteForm
from jonction.support.forms.journal import InterventionForm
from jonction.support.models import Intervention
from jonction.support.queries import field as queries
from jonction.support.queries import journal
from jonction.support.rules import journal as rules
from jonction.support.words import doubt_of_time
from jonction.ui.templatetags.ui import day as in_words

FAR = timedelta(days=31)  # a day chosen further back than that is asked again


@dataclass(frozen=True, slots=True)
class Question:
    """What the note does not say; without options, its answer is typed."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the phone is told of one note.

    `status` is noted, refused, choose or conflict. In conflict, `line` is what the journal says,
    or `there` when it is no longer a line.
    """

    status: str
    reason: str = ""
    line: Intervention | None = None
    there: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends, under which name without a name, when, and whether the clock can be trusted."""

    actor: Person
    writer: str
    today: date
    is_clock_wrong: bool = False


def receive(data: Mapping[str, Any], sending: Sending) -> Outcome:
    """Note what the phone wrote, once, or say what is missing."""
    form = NoteForm(data)
    if not form.is_valid():
        return Outcome("refused", _first_error(form))
    earlier = queries.receipt_of(sending.actor, form.cleaned_data["uuid"])
    if earlier is not None:
        return _again(earlier, form)
    return _about_day(form, sending) or _note(form, sending)


def _note(form: NoteForm, sending: Sending) -> Outcome:
    note = form.cleaned_data
    fields, because = journal.guess_for(
        sending.actor,
        note["text"],
        note["on"],
        chosen=note["process"],
        is_day_sure=note["is_day_sure"],
    )
    if fields["on"] != note["on"] and not _is_said_lately(note, fields["on"]):
        return _between_days(note["on"], fields["on"], because["on"])
    processes = journal.writable_processes(sending.actor, sending.today)
    facts = _completed(fields, note)
    doubt = _about_process(facts, sending, processes) or _about_gaps(
        facts, processes, doubt_of_time(because)
    )
    if doubt is None and not note["is_twice"]:
        doubt = _about_twin(facts, sending)
    return doubt or _written(form, facts, sending, processes)


def _is_said_lately(note: dict[str, Any], said: date) -> bool:
    """Say whether the words tell the day: nobody chose another one, and it is not far."""
    return bool(note["is_day_usual"]) and note["on"] - said <= FAR


def _completed(fields: dict[str, Any], note: dict[str, Any]) -> dict[str, Any]:
    """Return the guess with what the writer answered since, which counts first."""
    said = {
        "process": note["process"],
        "quarters": note["quarters"],
        "stages": [note["stage"]] if note["stage"] else [],
        "dimensions": [note["dimension"]] if note["dimension"] else [],
    }
    return {**fields, **{name: value for name, value in said.items() if value}}


def _about_day(form: NoteForm, sending: Sending) -> Outcome | None:
    """Ask again for a day to come, a far one, or any day of a phone whose clock is wrong."""
    on, today = form.cleaned_data["on"], sending.today
    question = (Question("on", _("Jour"), kind="date"),)
    words = {"on": in_words(on), "today": in_words(today)}
    if on > today:
        said = _("Le jour choisi, {on}, est à venir : ici, nous sommes le {today}.")
        return Outcome("choose", said.format(**words), questions=question)
    if form.cleaned_data["is_day_sure"]:
        return None
    if sending.is_clock_wrong:
        said = _("L’horloge de cet appareil n’est pas à l’heure. Est-ce bien le {on} ?")
        return Outcome("choose", said.format(**words), questions=question)
    if on < today - FAR:
        said = _("Le jour choisi, {on}, est loin : ici, nous sommes le {today}. Est-ce bien lui ?")
        return Outcome("choose", said.format(**words), questions=question)
    return None


def _between_days(chosen: date, said: date, because: str) -> Outcome:
    days = sorted({chosen, said}, reverse=True)
    options = tuple((day.isoformat(), in_words(day)) for day in days)
    reason = _("La phrase dit « {words} » : quel jour noter ?").format(words=because)
    return Outcome("choose", reason, questions=(Question("on", _("Jour"), options),))


def _about_process(
    facts: dict[str, Any], sending: Sending, processes: QuerySet[Process]
) -> Outcome | None:
    """Find the mandate that ended, or was not there, on the day of the note."""
    number, on = facts["process"], facts["on"]
    open_then = journal.journal_processes(sending.actor, on)
    if number is None or open_then.filter(pk=number).exists():
        return None
    mandate = queries.last_mandate(sending.actor, Process(pk=number))
    if mandate is None:
        return Outcome("refused", _("Cette démarche n’est pas, ou plus, une des vôtres."))
    there = _("{process} : mandat du {start} au {end}, {status}.").format(
        process=mandate.process,
        start=in_words(mandate.starts_on),
        end=in_words(mandate.ends_on),
        status=mandate.get_status_display(),
    )
    quarters = facts["quarters"] or 1
    reason = rules.can_log_intervention(
        sending.actor, mandate.process, on=on, quarters=quarters, today=sending.today
    ).reason
    questions = (Question("on", _("Jour"), kind="date"), _which_process(processes))
    return Outcome("conflict", reason, there=there, questions=questions)


def _about_gaps(facts: dict[str, Any], processes: QuerySet[Process], doubt: str) -> Outcome | None:
    """Ask for what neither the words nor the mandate say; a doubtful time is no answer."""
    possible = [
        ("process", _which_process(processes)),
        ("quarters", Question("quarters", _("Durée, par exemple 1h30 ou 45 min"))),
        ("stages", Question("stage", _("Étape"), _offered(Stage))),
        ("dimensions", Question("dimension", _("Dimension"), _offered(Dimension))),
    ]
    missing = tuple(question for name, question in possible if not facts[name])
    if facts["process"] is None:  # the stage and the dimensions come with it
        missing = tuple(q for q in missing if q.name in ("process", "quarters"))
    if not missing:
        return None
    reason = "" if facts["quarters"] else doubt
    return Outcome("choose", reason or _("La phrase ne dit pas tout."), questions=missing)


def _about_twin(facts: dict[str, Any], sending: Sending) -> Outcome | None:
    twin = queries.twin_of(sending.actor, facts["process"], facts["on"], facts["text"])
    if twin is None:
        return None
    return Outcome("conflict", _("Le journal dit déjà la même chose ce jour-là."), line=twin)


def _written(
    form: NoteForm, facts: dict[str, Any], sending: Sending, processes: QuerySet[Process]
) -> Outcome:
    """Check what was understood as the page does, and write it."""
    typed = {
        **facts,
        "quarters": f"{facts['quarters'] * 15} min",
        "audience": Intervention.Audience.BODY,
    }
    line = InterventionForm(typed, processes=processes)
    receipt = attempt(
        line,
        note_from_field,
        form.cleaned_data["uuid"],
        actor=sending.actor,
        writer=sending.writer,
        today=sending.today,
        digest=form.digest(),
    )
    if receipt is None:
        return Outcome("refused", _first_error(line))
    return _again(receipt, form)


def _again(receipt: Receipt, form: NoteForm) -> Outcome:
    """Give the same answer to the same note, unless one of the two changed since."""
    line = queries.line_of(receipt)
    if line is None:
        there = _("La ligne a été retirée du journal.")
        return Outcome("conflict", _("Cette note avait déjà été envoyée."), there=there)
    if receipt.digest != form.digest():
        reason = _("Cette note avait déjà été envoyée, avec d’autres mots.")
        return Outcome("conflict", reason, line=line)
    if queries.is_corrected(line):
        reason = _("Cette note avait déjà été envoyée, et la ligne a été corrigée depuis.")
        return Outcome("conflict", reason, line=line)
    return Outcome("noted", line=line)


def _which_process(processes: QuerySet[Process]) -> Question:
    options = tuple((str(process.pk), str(process)) for process in processes)
    return Question("process", _("Démarche"), options)


def _offered(codes: type[Stage] | type[Dimension]) -> tuple[tuple[str, str], ...]:
    return tuple((code.value, str(code.label)) for code in codes)


def _first_error(form: NoteForm | InterventionForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
