"""Taking in what people keep: lists of organisations, and figures of the places of a region."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.accounts.models import Person
from jonction.core.verdicts import Verdict
from jonction.engines.reading import NotANumber, read_decimal
from jonction.engines.words import fold
from jonction.governance.actions import (
    restore_figures,
    restore_organisations,
    write_figures,
    write_organisations,
)
from jonction.governance.models import Alliance, Organisation
from jonction.governance.queries import organisation_facts, standing_of
from jonction.governance.rules import can_write_figures, can_write_organisations
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
from jonction.territories.imports import COLUMNS, FigureSession
from jonction.territories.models import Figure, Indicator
from jonction.territories.queries import counties, counties_by_name

NEQ_DIGITS = 10
LARGEST_BUDGET = 10**10


def scope_of(alliance: int) -> str:
    """Return within what the names of an Alliance's files are remembered."""
    return f"alliance {alliance}"


def alliance_of(scope: str) -> int:
    return int(scope.removeprefix("alliance "))


class OptionsForm(forms.Form):
    alliance = forms.ModelChoiceField(
        label=gettext_lazy("Pour l’Alliance"), queryset=Alliance.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, alliances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alliance"].queryset = alliances  # type: ignore[attr-defined]


class OrganisationReader(Reader):
    name = "organismes"
    model = Organisation
    label = gettext_lazy("Une liste d’organismes")
    keepers = gettext_lazy(
        "Les noms de MRC valent pour toute l’Alliance : sa coordination les reconnaît et peut les "
        "oublier."
    )
    columns = (
        Column(
            "name",
            gettext_lazy("Nom légal"),
            ("nom", "organisme", "organisation", "name"),
            is_required=True,
        ),
        Column("neq", gettext_lazy("NEQ"), ("numéro d’entreprise",)),
        Column("kind", gettext_lazy("Type"), ("type d’organisme", "statut", "kind")),
        Column("place", gettext_lazy("MRC"), ("territoire", "county")),
        Column("phone", gettext_lazy("Téléphone"), ("tél.", "tel", "phone")),
        Column("email", gettext_lazy("Courriel"), ("adresse courriel", "e-mail", "email")),
        Column("annual_budget", gettext_lazy("Budget annuel"), ("budget", "annual budget")),
    )

    def form(self, person: Person, today: date, data: Any = None) -> forms.Form:
        coordinated = standing_of(person, today).coordinated_alliances
        alliances = Alliance.objects.filter(pk__in=coordinated).order_by("-plan__starts_on")
        return OptionsForm(data, alliances=alliances)

    def verdict(self, person: Person, options: Mapping[str, Any], today: date) -> Verdict:
        return can_write_organisations(person, options["alliance"], today)

    def scope(self, options: Mapping[str, Any]) -> str:
        return scope_of(options["alliance"])

    def scopes(self, person: Person, today: date) -> Sequence[str]:
        return [scope_of(pk) for pk in sorted(standing_of(person, today).coordinated_alliances)]

    def things(self, scopes: Sequence[str]) -> Mapping[int, str]:
        return dict(counties().values_list("pk", "name")) if scopes else {}

    def session(self, options: Mapping[str, Any], matches: Mapping[str, int]) -> Session:
        alliance = Alliance.objects.select_related("region").get(pk=options["alliance"])
        return OrganisationSession(alliance, matches)

    def hold(self, options: Mapping[str, Any]) -> None:  # noqa: ARG002
        """Organisations are of every Alliance: one list is written at a time."""
        list(Alliance.objects.select_for_update(no_key=True).order_by("pk"))

    def write(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> None:
        write_organisations(options["alliance"], actor=actor, today=localdate(), rows=rows)

    def unwrite(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> int:
        return restore_organisations(options["alliance"], actor=actor, today=localdate(), rows=rows)


class SourceForm(OptionsForm):
    source = forms.CharField(
        label=gettext_lazy("Source des chiffres"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Pour les lignes qui ne la disent pas."),
    )


class FigureReader(Reader):
    name = "chiffres"
    model = Figure
    label = gettext_lazy("Des chiffres sur les territoires")
    keepers = gettext_lazy(
        "La coordination d’une Alliance apporte les chiffres de ses territoires et oublie leurs noms."
    )
    columns = COLUMNS

    def form(self, person: Person, today: date, data: Any = None) -> forms.Form:
        coordinated = standing_of(person, today).coordinated_alliances
        alliances = Alliance.objects.filter(pk__in=coordinated).order_by("-plan__starts_on")
        return SourceForm(data, alliances=alliances)

    def verdict(self, person: Person, options: Mapping[str, Any], today: date) -> Verdict:
        return can_write_figures(person, options["alliance"], today)

    def scope(self, options: Mapping[str, Any]) -> str:
        return scope_of(options["alliance"])

    def scopes(self, person: Person, today: date) -> Sequence[str]:
        return [scope_of(pk) for pk in sorted(standing_of(person, today).coordinated_alliances)]

    def things(self, scopes: Sequence[str]) -> Mapping[int, str]:
        return dict(counties().values_list("pk", "name")) if scopes else {}

    def session(self, options: Mapping[str, Any], matches: Mapping[str, int]) -> Session:
        alliance = Alliance.objects.select_related("region").get(pk=options["alliance"])
        return FigureSession(alliance.region, options["source"], matches)

    def hold(self, options: Mapping[str, Any]) -> None:  # noqa: ARG002
        """Figures are of every Alliance of the region: one file is written at a time."""
        list(Indicator.objects.select_for_update(no_key=True).order_by("pk"))

    def write(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> None:
        write_figures(options["alliance"], actor=actor, today=localdate(), rows=rows)

    def unwrite(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> int:
        return restore_figures(options["alliance"], actor=actor, today=localdate(), rows=rows)


class OrganisationSession(Session):
    """One reading of one list: known by NEQ, else by name and MRC."""

    def __init__(self, alliance: Alliance, matches: Mapping[str, int]) -> None:
        self.region = alliance.region.path
        self.places = counties_by_name()
        by_id = {place.pk: place for place in self.places.values()}
        self.matches = {text: by_id[pk] for text, pk in matches.items() if pk in by_id}
        known = list(Organisation.objects.select_related("place").order_by("pk"))
        self.by_neq = {o.neq: o for o in known if o.neq}
        self.by_name = {(fold(o.name), o.place_id): o for o in known}
        sheets = [(o.pk, organisation_facts(o)) for o in known]
        places = {name: place.pk for name, place in self.places.items()}
        self.basis = basis_of(self.region, places, matches, sheets)
        self.seen: set[tuple[Any, ...]] = set()

    def read(self, cells: Mapping[str, str]) -> Reading:
        reading = Reading()
        facts = reading.facts
        facts["name"] = cells.get("name", "")[:200]
        facts["kind"] = cells.get("kind", "")[:80]
        facts["phone"] = cells.get("phone", "")[:30]
        if not facts["name"]:
            reading.problems.append(Problem("name", _("Il manque le nom.")))
        self._neq(cells.get("neq", ""), reading)
        self._place(cells.get("place", ""), reading)
        self._email(cells.get("email", ""), reading)
        self._budget(cells.get("annual_budget", ""), reading)
        if not reading.problems:
            self._compare(reading)
        return reading

    def candidates(self, text: str) -> Sequence[Candidate]:
        from rapidfuzz import fuzz, process  # 3 MB in each worker, for who brings a file

        names = {place.pk: place.name for place in self.places.values()}
        folded = {pk: fold(name) for pk, name in names.items()}
        ranked = process.extract(fold(text), folded, scorer=fuzz.WRatio, limit=len(folded))
        return [Candidate(pk, names[pk], score) for _name, score, pk in ranked]

    def _neq(self, text: str, reading: Reading) -> None:
        neq = "".join(text.split())
        if neq and not (neq.isascii() and neq.isdigit() and len(neq) == NEQ_DIGITS):
            sentence = _("« {text} » n’est pas un NEQ : il en faut les dix chiffres.")
            reading.problems.append(Problem("neq", sentence.format(text=text)))
        reading.facts["neq"] = neq

    def _place(self, text: str, reading: Reading) -> None:
        place = self.places.get(fold(text)) or self.matches.get(fold(text)[:200])
        if text and place is None:
            sentence = _("« {text} » n’est pas une MRC connue.").format(text=text)
            reading.problems.append(Problem("place", sentence))
            reading.unknown = text[:200]
        reading.facts["place"] = place.pk if place else None

    def _email(self, text: str, reading: Reading) -> None:
        try:
            if text:
                validate_email(text)
        except ValidationError:
            sentence = _("« {text} » n’est pas un courriel.").format(text=text)
            reading.problems.append(Problem("email", sentence))
        reading.facts["email"] = text

    def _budget(self, text: str, reading: Reading) -> None:
        amount = None
        with suppress(NotANumber):
            amount = read_decimal(text) if text else None
        if text and (amount is None or not 0 <= amount < LARGEST_BUDGET):
            sentence = _("« {text} » n’est pas une somme.").format(text=text)
            reading.problems.append(Problem("annual_budget", sentence))
        reading.facts["annual_budget"] = f"{amount:.2f}" if amount is not None else None

    def _compare(self, reading: Reading) -> None:
        facts = reading.facts
        identity = (facts["neq"],) if facts["neq"] else (fold(facts["name"]), facts["place"])
        if identity in self.seen:
            sentence = _("Cet organisme est déjà plus haut dans ce fichier.")
            reading.problems.append(Problem("neq" if facts["neq"] else "name", sentence))
            return
        self.seen.add(identity)
        known = self.by_neq.get(facts["neq"]) or self.by_name.get(
            (fold(facts["name"]), facts["place"])
        )
        if known is None:
            return
        reading.target = known.pk
        if organisation_facts(known) == facts:
            reading.verdict = Row.Verdict.SAME
        elif known.place and not known.place.path.startswith(self.region):
            sentence = _("Cette fiche est tenue par la coordination de sa région.")
            reading.problems.append(Problem("name", sentence))
        else:
            reading.verdict = Row.Verdict.CHANGED
