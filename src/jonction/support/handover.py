"""What a hand-over says at first, drawn from the rows; and the document that it becomes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.accounts.models import Person
from jonction.core.attachments import attachments_of, files_beside
from jonction.core.days import in_words
from jonction.core.typography import figure
from jonction.cycle.models import Process
from jonction.cycle.queries import zone_of
from jonction.engines.due import State
from jonction.governance.models import Seat
from jonction.governance.queries import held_on
from jonction.support.filings import asked_here
from jonction.support.models import Contact, HandOver, Intervention, Mandate, Promise
from jonction.ui.documents import Block, Bullets, Document, Heading, Paragraph, Table

AHEAD = timedelta(days=60)
LATELY = timedelta(weeks=26)
STATES = {
    "over": gettext_lazy("terminée"),
    "running": gettext_lazy("en cours"),
    "late": gettext_lazy("en cours, passée sa date"),
    "coming": gettext_lazy("à venir"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the rows say of a mandate on a day; nobody has touched it yet."""

    stages: str
    ahead: str
    documents: str
    contacts: list[Contact] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    def texts(self) -> dict[str, str]:
        return {"stages": self.stages, "ahead": self.ahead, "documents": self.documents}


def drawn_from(mandate: Mandate, *, today: date) -> Drawn:
    """Return what the rows say: stages, days to come, files, people of the body, promises."""
    process = mandate.process
    return Drawn(
        stages="\n".join(_stage_lines(process, today)),
        ahead="\n".join(text for _day, text in sorted(_days_ahead(process, today))),
        documents="\n".join(_file_lines(mandate)),
        contacts=_people(mandate, today),
        promises=_promises(mandate, today),
    )


def document_of(handover: HandOver, *, with_sensitive: bool) -> Document:
    """Return the hand-over as a document to print; the sensitive points only for who reads them."""
    mandate = handover.mandate
    blocks: list[Block] = [Paragraph(_frame(mandate))]
    for title, text in (
        (_("Où en sont les étapes"), handover.stages),
        (_("Les soixante prochains jours"), handover.ahead),
    ):
        blocks += [Heading(title), Bullets(lines_of(text))] if text else []
    promises = [_promise_line(promise) for promise in handover.promises.all()]
    if promises:
        blocks += [Heading(_("Promesses ouvertes")), Bullets(promises)]
    people = [[c.name, c.quality, c.reach] for c in handover.contacts.all()]
    if people:
        headers = [_("Nom"), _("Qui est-ce"), _("Comment la joindre")]
        blocks += [Heading(_("Personnes à connaître")), Table(headers, people)]
    if handover.documents:
        blocks += [Heading(_("Documents")), Bullets(lines_of(handover.documents))]
    if with_sensitive and handover.sensitive:
        blocks += [Heading(_("Points délicats")), Paragraph(handover.sensitive)]
    return Document(
        _("Dossier de passation"),
        f"{mandate.process.name}\n{_between(handover)}",
        handover.handed_on or handover.prepared_on,
        blocks,
        footer=_("Document de travail : à garder entre les personnes concernées."),
    )


def _between(handover: HandOver) -> str:
    giver = handover.mandate.resource.name
    if handover.successor is None:
        return giver
    return _("De {giver} à {receiver}").format(giver=giver, receiver=handover.successor.name)


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _frame(mandate: Mandate) -> str:
    return _(
        "Mandat du {start} au {end}, {hours} h par semaine. Étapes : {stages}. "
        "Dimensions : {dimensions}."
    ).format(
        start=in_words(mandate.starts_on),
        end=in_words(mandate.ends_on),
        hours=figure(mandate.hours_per_week),
        stages=", ".join(mandate.stage_labels),
        dimensions=", ".join(mandate.dimension_labels),
    )


def _promise_line(promise: Promise) -> str:
    if promise.since is None:
        return promise.text
    return _("{text} (depuis le {day})").format(text=promise.text, day=in_words(promise.since))


def _stage_lines(process: Process, today: date) -> Iterator[str]:
    for stage in process.stages.all():
        yield _("{stage} : {state}, prévue du {start} au {end}").format(
            stage=stage.get_kind_display().capitalize(),
            state=STATES[stage.state_on(today)],
            start=in_words(stage.planned_from),
            end=in_words(stage.planned_to),
        )


def _days_ahead(process: Process, today: date) -> Iterator[tuple[date, str]]:
    """Yield what the calendar holds from that day, and what the funder waits for, even late."""
    zone = ZoneInfo(zone_of(process.body))
    opening, ending = _("début de l’étape {stage}"), _("fin prévue de l’étape {stage}")
    found = [
        *((m.on, m.name) for m in process.milestones.all()),
        *((d.due_at.astimezone(zone).date(), d.name) for d in process.deadlines.all()),
        *(
            (s.planned_from, opening.format(stage=s.get_kind_display()))
            for s in process.stages.all()
        ),
        *(
            (s.planned_to, ending.format(stage=s.get_kind_display()))
            for s in process.stages.all()
            if not s.real_to
        ),
    ]
    for asked in asked_here(process, today=today):
        if asked.state is State.LATE:
            late = _("{day} : à remettre au bailleur, en retard : {what}")
            yield asked.due.on, late.format(day=in_words(asked.due.on), what=asked.title)
        elif asked.state is not State.GIVEN:
            found.append(
                (asked.due.on, _("à remettre au bailleur : {what}").format(what=asked.title))
            )
    for day, what in found:
        if today <= day <= today + AHEAD:
            yield day, _("{day} : {what}").format(day=in_words(day), what=what)


def documents_of(handover: HandOver, person: Person) -> list[tuple[str, str]]:
    """Return each document with its address, when it is a file that `person` may open."""
    addresses = {
        file.name: file.get_absolute_url()
        for thing in _with_files(handover.mandate)
        for file in files_beside(person, [thing])[thing.pk]
    }
    return [(line, addresses.get(line.strip(), "")) for line in lines_of(handover.documents)]


def _file_lines(mandate: Mandate) -> Iterator[str]:
    for thing in _with_files(mandate):
        for attachment in attachments_of(thing):
            yield attachment.name


def _with_files(mandate: Mandate) -> list[Model]:
    return [thing for thing in (mandate.process, mandate, mandate.need) if thing is not None]


def _people(mandate: Mandate, today: date) -> list[Contact]:
    """Return whom to call, and those who sit in the body.

    How they like to be reached is for the leaver to say; what the body tells everybody is known.
    """
    body = mandate.process.body
    to_call = [Contact(name=body.name, quality=_("qui appeler"), reach=body.contact)]
    seats = (
        Seat.objects.filter(held_on(today), body=body)
        .exclude(person=mandate.resource.person)
        .select_related("person", "organisation")
        .order_by("person__name", "pk")
    )
    return [one for one in to_call if one.reach] + [
        Contact(
            name=seat.person.name,
            quality=", ".join(
                filter(None, [seat.get_role_display(), str(seat.organisation or "")])
            ),
        )
        for seat in seats
    ]


def _promises(mandate: Mandate, today: date) -> list[Promise]:
    """Return what the journal left to do lately, each thing once, the oldest first."""
    lines = (
        Intervention.objects.filter(
            resource=mandate.resource_id, process=mandate.process_id, on__gt=today - LATELY
        )
        .exclude(follow_up="")
        .order_by("on", "pk")
    )
    first_said: dict[str, date] = {}
    for line in lines:
        first_said.setdefault(line.follow_up, line.on)
    return [Promise(text=text, since=day) for text, day in first_said.items()]
