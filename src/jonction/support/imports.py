"""Taking in the journals that people keep in a spreadsheet (S9)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import IntegerField, QuerySet, Sum, TextChoices
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.template.defaultfilters import floatformat
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.accounts.models import Person
from jonction.core.editing import is_plausible
from jonction.core.taxonomy import Dimension, Function, Posture, Stage
from jonction.core.verdicts import Verdict
from jonction.cycle.models import Process
from jonction.engines.coverage import Window
from jonction.engines.guess import dimension_in
from jonction.engines.reading import NotADate, NotADuration, read_date, read_quarters
from jonction.engines.words import COMMON, fold, terms
from jonction.governance.imports import alliance_of, scope_of
from jonction.governance.models import Body
from jonction.imports.models import Row
from jonction.imports.readers import (
    Candidate,
    Column,
    Problem,
    Reader,
    Reading,
    Session,
    basis_of,
)
from jonction.support.actions.imported import restore_interventions, write_interventions
from jonction.support.coverage import windows_of
from jonction.support.models import Intervention, Resource
from jonction.support.queries.access import resource_of
from jonction.support.queries.journal import facts_by_line, journals_written_by
from jonction.support.rules.journal import QUARTERS_PER_DAY, can_write_interventions

GENERIC = {
    "alliance", "comite", "concertation", "demarche", "developpement", "instance", "local", "locale",
    "lutte", "partenaires", "pauvrete", "regionale", "social", "table",
}  # fmt: skip
MOST_KEPT = 10_000  # texts of files whose sense is kept
NEAR = 80  # likeness under which a word of the file is not taken for one of the lists
KEPT = ["quarters", "stages", "function", "posture", "follow_up", "participants"]
STAGE_WORDS = {
    "mobilisation": Stage.MOBILISATION,
    "priorites": Stage.PRIORITIES,
    "donnees": Stage.PRIORITIES,
    "portrait": Stage.PRIORITIES,
    "plan d action": Stage.PLANNING,
    "appels de projets": Stage.CALLS,
    "realisation": Stage.DELIVERY,
    "suivi": Stage.DELIVERY,
    "bilan": Stage.REVIEW,
    "evaluation": Stage.REVIEW,
}


# a journal says the same things again and again
kept = lru_cache(maxsize=MOST_KEPT)
folded, heard = kept(fold), kept(dimension_in)
day_said, quarters_said = kept(read_date), kept(read_quarters)


class OptionsForm(forms.Form):
    resource = forms.ModelChoiceField(
        label=gettext_lazy("Journal de"), queryset=Resource.objects.none()
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Qui peut lire ces lignes"),
        choices=Intervention.Audience,
        initial=Intervention.Audience.MANDATE,
        help_text=gettext_lazy("Le temps compte toujours ; seul le texte est réservé."),
    )

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        """Offer one's own journal first; whoever keeps none says whose it is, when there are some."""
        super().__init__(*args, **kwargs)
        journals = journals_written_by(person, today)
        own = resource_of(person)
        chosen: forms.ModelChoiceField[Resource] = self.fields["resource"]  # type: ignore[assignment]
        chosen.queryset, chosen.initial = journals, own
        if own or journals.count() == 1:
            chosen.empty_label = None


class JournalReader(Reader):
    name = "journal"
    model = Intervention
    label = gettext_lazy("Un journal d’accompagnement")
    keepers = gettext_lazy(
        "Les noms d’instances valent pour toute l’Alliance : les personnes qui y tiennent un journal "
        "et sa coordination les reconnaissent et peuvent les oublier."
    )
    columns = (
        Column("on", gettext_lazy("Date"), ("jour", "day"), is_required=True),
        Column(
            "body",
            gettext_lazy("Instance"),
            ("table", "comité", "démarche", "concertation", "body"),
            is_required=True,
        ),
        Column("stage", gettext_lazy("Étape"), ("stage", "phase")),
        Column(
            "text",
            gettext_lazy("Activité"),
            ("description", "tâche", "intervention", "activity"),
            is_required=True,
        ),
        Column(
            "quarters",
            gettext_lazy("Durée"),
            ("heures", "temps", "hours", "duration"),
            is_required=True,
        ),
        Column("function", gettext_lazy("Fonction"), ("function", "rôle")),
        Column("posture", gettext_lazy("Posture"), ("posture", "stance")),
        Column("follow_up", gettext_lazy("Suite à donner"), ("notes", "suivi", "follow-up")),
        Column(
            "participants",
            gettext_lazy("Personnes présentes"),
            ("participants", "nb personnes", "nombre de personnes", "présences", "attendance"),
        ),
    )

    def form(self, person: Person, today: date, data: Any = None) -> forms.Form:
        return OptionsForm(data, person=person, today=today)

    def verdict(self, person: Person, options: Mapping[str, Any], today: date) -> Verdict:
        resource = Resource.objects.get(pk=options["resource"])
        return can_write_interventions(person, resource, today)

    def scope(self, options: Mapping[str, Any]) -> str:
        resource = Resource.objects.get(pk=options["resource"])
        return scope_of(resource.alliance_id)

    def scopes(self, person: Person, today: date) -> Sequence[str]:
        journals = journals_written_by(person, today)
        alliances = journals.order_by().values_list("alliance", flat=True).distinct()
        return [scope_of(alliance) for alliance in alliances]

    def things(self, scopes: Sequence[str]) -> Mapping[int, str]:
        alliances = [alliance_of(scope) for scope in scopes]
        bodies = Body.objects.filter(alliance__in=alliances).select_related("territory")
        return {body.pk: _place_of(body) for body in bodies}

    def session(self, options: Mapping[str, Any], matches: Mapping[str, int]) -> Session:
        return JournalSession(Resource.objects.get(pk=options["resource"]), matches)

    def sum_of(self, rows: QuerySet[Row]) -> str:
        quarters = Cast(KeyTextTransform("quarters", "facts"), IntegerField())
        hours = (rows.aggregate(sum=Sum(quarters))["sum"] or 0) / 4
        return _("En tout : {hours} h.").format(hours=floatformat(hours, "-2"))

    def hold(self, options: Mapping[str, Any]) -> None:
        Resource.objects.select_for_update().get(pk=options["resource"])

    def write(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> None:
        resource = Resource.objects.get(pk=options["resource"])
        write_interventions(
            resource, actor=actor, today=localdate(), rows=rows, audience=options["audience"]
        )

    def unwrite(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> int:
        resource = Resource.objects.get(pk=options["resource"])
        return restore_interventions(resource, actor=actor, today=localdate(), rows=rows)


class JournalSession(Session):
    """One reading of one journal: the bodies of the Alliance and the lines already written."""

    def __init__(self, resource: Resource, matches: Mapping[str, int]) -> None:
        self.today = localdate()
        self.matches = matches
        self.processes = _processes(resource)
        self.names = {
            fold(name): body.pk
            for found in self.processes.values()
            for body in (found[0].body,)
            for name in (body.name,)
        }
        self.lives = {
            body: [(p.pk, windows_of(p)) for p in found] for body, found in self.processes.items()
        }
        self.lived: dict[tuple[int, str], tuple[int, str]] = {}
        lines = facts_by_line(resource.interventions.order_by("pk"))
        self.basis = basis_of(self.today, matches, self.names, self.lives, lines)
        self.known = _by_words(lines)
        self.days: defaultdict[str, int] = defaultdict(int)
        for same in self.known.values():
            for line in same:
                self.days[line["on"]] += line["quarters"]

    def read(self, cells: Mapping[str, str]) -> Reading:
        reading = Reading(facts={"text": cells.get("text", "")[:500]})
        self._date(cells.get("on", ""), reading)
        self._quarters(cells.get("quarters", ""), reading)
        self._body(cells.get("body", ""), reading)
        self._stage(cells.get("stage", ""), reading)
        self._rest(cells, reading)
        if not reading.facts["text"]:
            reading.problems.append(Problem("text", _("Il manque ce qui a été fait.")))
        if not reading.problems:
            self._compare(reading)
        return reading

    def candidates(self, text: str) -> Sequence[Candidate]:
        from rapidfuzz import fuzz, process  # 3 MB in each worker, for who brings a file

        bodies = {found[0].body.pk: found[0].body for found in self.processes.values()}
        labels = {pk: _place_of(body) for pk, body in bodies.items()}
        telling = {pk: _telling(label) for pk, label in labels.items()}
        ranked = process.extract(
            _telling(text), telling, scorer=fuzz.token_set_ratio, limit=len(telling)
        )
        return [Candidate(pk, labels[pk], score) for _label, score, pk in ranked]

    def _date(self, text: str, reading: Reading) -> None:
        try:
            on = day_said(text)
        except NotADate:
            sentence = _("« {text} » n’est pas une date.") if text else _("Il manque la date.")
            reading.problems.append(Problem("on", sentence.format(text=text)))
            return
        if not is_plausible(on):
            sentence = _("Vérifiez l’année de « {text} ».").format(text=text)
            reading.problems.append(Problem("on", sentence))
        if on > self.today:
            sentence = _("Le {text} est dans l’avenir : le journal dit ce qui a été fait.")
            reading.problems.append(Problem("on", sentence.format(text=text)))
        reading.facts["on"] = on.isoformat()

    def _quarters(self, text: str, reading: Reading) -> None:
        try:
            quarters = quarters_said(text)
        except NotADuration:
            sentence = (
                _("« {text} » n’est pas une durée : écrivez par exemple 1h30, 1,5 ou 90 min.")
                if text
                else _("Il manque la durée.")
            )
            reading.problems.append(Problem("quarters", sentence.format(text=text)))
            return
        if quarters > QUARTERS_PER_DAY:
            sentence = _("« {text} » dépasse les 24 heures d’une journée.")
            reading.problems.append(Problem("quarters", sentence.format(text=text)))
        reading.facts["quarters"] = quarters

    def _body(self, text: str, reading: Reading) -> None:
        name = folded(text)
        body = self.names.get(name) or self.matches.get(name[:200])
        if body not in self.lives:
            if not text:
                reading.problems.append(Problem("body", _("Il manque l’instance.")))
                return
            sentence = _("« {text} » n’est pas une instance connue de votre Alliance.")
            reading.problems.append(Problem("body", sentence.format(text=text)))
            reading.unknown = text[:200]
            return
        if on := reading.facts.get("on"):
            reading.facts["process"], stage = self._lived(body, on)
            reading.facts["stages"] = [stage]

    def _lived(self, body: int, on: str) -> tuple[int, str]:
        """Return the process that the body lives that day, and its stage."""
        if (body, on) not in self.lived:
            day, several = date.fromisoformat(on), self.lives[body]
            process, windows = next((one for one in several if _runs(one[1], day)), several[0])
            self.lived[body, on] = process, _stage_lived(windows, day)
        return self.lived[body, on]

    def _stage(self, text: str, reading: Reading) -> None:
        if not text:
            return
        if code := _nearest(text, Stage):
            reading.facts["stages"] = [code]
            return
        sentence = _("« {text} » n’est pas une des six étapes.").format(text=text)
        reading.problems.append(Problem("stage", sentence))

    def _rest(self, cells: Mapping[str, str], reading: Reading) -> None:
        said = cells.get("function", "")
        function = _nearest(said, Function)
        if said and not function:
            sentence = _("« {text} » n’est pas une des quatre fonctions.").format(text=said)
            reading.problems.append(Problem("function", sentence))
        self._posture(cells.get("posture", ""), reading)
        count = cells.get("participants", "")
        if count and not (count.isdecimal() and int(count) <= 10_000):  # noqa: PLR2004 - a crowd
            sentence = _("« {text} » n’est pas un nombre de personnes.").format(text=count)
            reading.problems.append(Problem("participants", sentence))
        reading.facts["function"] = function or ""
        reading.facts["follow_up"] = cells.get("follow_up", "")[:500]
        reading.facts["participants"] = int(count) if count.isdecimal() else None
        dimension = heard(reading.facts["text"])
        reading.facts["dimensions"] = [dimension] if dimension else list(Dimension.values)

    def _posture(self, text: str, reading: Reading) -> None:
        posture = _nearest(text, Posture)
        if text and not posture:
            sentence = _("« {text} » n’est pas une des quatre postures.").format(text=text)
            reading.problems.append(Problem("posture", sentence))
        reading.facts["posture"] = posture

    def _compare(self, reading: Reading) -> None:
        """Find the line that this row already is: same day, process and words, in their order."""
        facts = reading.facts
        same = self.known.get((facts["on"], facts["process"], facts["text"]))
        if same:
            line = same.pop(0)
            # a file that does not say the posture does not unsay it
            facts["posture"] = facts["posture"] or line["posture"]
            reading.target = line["pk"]
            changed = any(line[name] != facts[name] for name in KEPT)
            reading.verdict = Row.Verdict.CHANGED if changed else Row.Verdict.SAME
            self.days[facts["on"]] += facts["quarters"] - line["quarters"]
        else:
            self.days[facts["on"]] += facts["quarters"]
        if self.days[facts["on"]] > QUARTERS_PER_DAY:
            self.days[facts["on"]] -= facts["quarters"]
            sentence = _("Avec cette ligne, cette journée dépasserait 24 heures.")
            reading.problems.append(Problem("quarters", sentence))


def _place_of(body: Body) -> str:
    return f"{body.name} ({body.territory})" if body.territory else body.name


def _telling(name: str) -> str:
    """Return the words that tell one body from another: all of them are tables or committees."""
    return " ".join(word for word in terms(name) if word not in COMMON | GENERIC)


def _processes(resource: Resource) -> dict[int, list[Process]]:
    """Return the processes of the resource's Alliance by body, the latest first."""
    found: defaultdict[int, list[Process]] = defaultdict(list)
    processes = Process.objects.filter(body__alliance=resource.alliance_id)
    for one in processes.select_related("body__territory").prefetch_related("stages"):
        found[one.body_id].append(one)
    for several in found.values():
        several.sort(
            key=lambda p: max((w.ends_on for w in windows_of(p).values()), default=date.min)
        )
        several.reverse()
    return dict(found)


def _by_words(
    lines: Mapping[int, dict[str, Any]],
) -> dict[tuple[str, int, str], list[dict[str, Any]]]:
    known: defaultdict[tuple[str, int, str], list[dict[str, Any]]] = defaultdict(list)
    for pk, facts in lines.items():
        known[facts["on"], facts["process"], facts["text"]].append({**facts, "pk": pk})
    return dict(known)


def _runs(windows: Mapping[str, Window], day: date) -> bool:
    return any(w.starts_on <= day <= w.ends_on for w in windows.values())


def _stage_lived(windows: Mapping[str, Window], day: date) -> str:
    """Return the stage that runs that day, else the last one begun, else the first."""
    ordered = sorted(windows.items(), key=lambda item: item[1].starts_on)
    begun = [code for code, window in ordered if window.starts_on <= day]
    return begun[-1] if begun else Stage.MOBILISATION.value


@cache
def _labels(choices: type[TextChoices]) -> dict[str, str]:
    """Return the codes by their labels in every language, as a file may write them; once, not at
    each row."""
    labels = {}
    for language, _name in reversed(settings.LANGUAGES):  # the French one last: it prevails
        with translation.override(language):
            labels.update({fold(str(label)): code for code, label in choices.choices})
    return {**STAGE_WORDS, **labels} if choices is Stage else labels


@kept
def _nearest(text: str, choices: type[TextChoices]) -> str:
    """Return the code of the label that `text` means, or nothing when none is near enough."""
    from rapidfuzz import fuzz, process

    labels = _labels(choices)
    with suppress(TypeError):
        label, score, _rank = process.extractOne(fold(text), list(labels), scorer=fuzz.WRatio)
        if score >= NEAR:
            return str(labels[label])
    return ""
