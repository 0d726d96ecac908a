"""What the funder asks of each process, when it is due, and where its answer stands (S8).

A constant number of queries reads everything, however many processes and requirements there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.cycle.models import Process, Requirement
from jonction.engines.due import Due, Span, State, dues, state_on
from jonction.support.coverage import windows_of
from jonction.support.models import Filing
from jonction.ui.documents import Block, Document, Heading, Paragraph

SOON_DAYS = 30
WORDS = {
    State.LATE: gettext_lazy("en retard"),
    State.SOON: gettext_lazy("dû bientôt"),
    State.READY: gettext_lazy("prêt"),
    State.COMING: gettext_lazy("à venir"),
    State.GIVEN: gettext_lazy("remis"),
}
TONES = {State.LATE: "hole", State.SOON: "thin", State.READY: "covered"}
PRESSING = [State.LATE, State.SOON, State.READY]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of one process, once."""

    process: Process
    requirement: Requirement
    due: Due
    filing: Filing | None
    state: State

    @property
    def place(self) -> tuple[int, int, int]:
        return self.process.pk, self.requirement.pk, self.due.period

    @property
    def year(self) -> str:
        """Name the fiscal year as people do: 2026-2027."""
        return f"{self.due.period - 1}-{self.due.period}" if self.due.period else ""

    @property
    def title(self) -> str:
        return f"{self.requirement.name} {self.year}".strip()


def asked_of(processes: Sequence[Process], *, today: date) -> list[Asked]:
    """Return what is asked of those processes, the soonest due first."""
    alliances = {process.body.alliance_id for process in processes}
    requirements: defaultdict[int, list[Requirement]] = defaultdict(list)
    rows = Requirement.objects.filter(alliance__in=alliances)
    for requirement in rows.prefetch_related("questions"):
        requirements[requirement.alliance_id].append(requirement)
    rows_of_filings = Filing.objects.filter(process__in=[p.pk for p in processes])
    return _every(processes, requirements, {_place(f): f for f in rows_of_filings}, today)


def asked_here(process: Process, *, today: date) -> list[Asked]:
    """Return what is asked of one process, without its words, in one query: its page asks many."""
    mine = FilteredRelation("filings", condition=Q(filings__process=process.pk))
    rows = Requirement.objects.filter(alliance=process.body.alliance_id).annotate(mine=mine)
    requirements: dict[int, Requirement] = {}
    filings: dict[tuple[int, int, int], Filing] = {}
    for row in rows.annotate(period=F("mine__period"), filed=F("mine__status")):
        requirements.setdefault(row.pk, row)
        if row.filed:
            filing = Filing(process=process, requirement=row, period=row.period, status=row.filed)
            filings[_place(filing)] = filing
    return _every(
        [process], {process.body.alliance_id: list(requirements.values())}, filings, today
    )


def _place(filing: Filing) -> tuple[int, int, int]:
    return filing.process_id, filing.requirement_id, filing.period


def _every(
    processes: Sequence[Process],
    requirements: Mapping[int, list[Requirement]],
    filings: Mapping[tuple[int, int, int], Filing],
    today: date,
) -> list[Asked]:
    found = []
    for process in processes:
        spans = {code: Span(w.starts_on, w.ends_on) for code, w in windows_of(process).items()}
        for requirement in requirements.get(process.body.alliance_id, []):
            if requirement.level in ("", process.body.level):
                for due in dues(requirement.due_rule, spans.get(requirement.stage), whole(spans)):
                    filing = filings.get((process.pk, requirement.pk, due.period))
                    if filing:
                        # what asks of it (its rule, its address) is not read again
                        filing.process, filing.requirement = process, requirement
                    state = _state(filing, due.on, today)
                    # nobody answers any more for a closed process: what was given stays
                    if process.status != Process.Status.CLOSED or state is State.GIVEN:
                        found.append(Asked(process, requirement, due, filing, state))
    return sorted(found, key=lambda a: (a.due.on, a.process.name, a.requirement.name))


def whole(spans: dict[str, Span]) -> Span | None:
    """Return the process from its first day to its last."""
    if not spans:
        return None
    starts, ends = [s.starts_on for s in spans.values()], [s.ends_on for s in spans.values()]
    return Span(min(starts), max(ends))


def document_of(asked: Asked) -> Document:
    """Return the official document: the plain answers under the headings of the funder."""
    answers = asked.filing.answers if asked.filing else {}
    blocks: list[Block] = []
    for question in asked.requirement.questions.all():
        answer = answers.get(question.heading, "").strip()
        blocks += [Heading(question.heading), Paragraph(answer or _("(à compléter)"))]
    made_on = asked.filing.given_on if asked.filing and asked.filing.given_on else asked.due.on
    subtitle = [asked.process.body.name, asked.process.body.alliance.name, asked.year]
    return Document(
        asked.requirement.document,
        "\n".join(filter(None, subtitle)),
        made_on,
        blocks,
        footer=asked.requirement.source,
    )


def _state(filing: Filing | None, due: date, today: date) -> State:
    status = filing.status if filing else ""
    return state_on(
        today,
        due,
        is_given=status == Filing.Status.GIVEN,
        is_ready=status == Filing.Status.READY,
        soon_days=SOON_DAYS,
    )
