"""Taking in the figures of places that people keep in a spreadsheet (S5)."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.engines.reading import NotANumber, read_decimal
from jonction.engines.words import fold
from jonction.imports.models import Row
from jonction.imports.readers import Candidate, Column, Problem, Reading, Session, basis_of
from jonction.territories.models import Figure, Indicator, Place
from jonction.territories.queries import figure_facts, places_by_name

PERIOD = re.compile(r"(\d{4})(?: ?[-–/] ?(\d{4}))?", re.ASCII)
LARGEST = 10**13
WHOLE = 100
COLUMNS = (
    Column(
        "place",
        gettext_lazy("Territoire"),
        ("MRC", "lieu", "code géographique", "municipalité", "place"),
        is_required=True,
    ),
    Column(
        "indicator",
        gettext_lazy("Indicateur"),
        ("mesure", "variable", "indicator"),
        is_required=True,
    ),
    Column("period", gettext_lazy("Période"), ("année", "year", "period"), is_required=True),
    Column("value", gettext_lazy("Valeur"), ("chiffre", "donnée", "value"), is_required=True),
    Column("source", gettext_lazy("Source"), ("provenance", "origine")),
)


def _doubt(indicator: Indicator | None, value: Decimal) -> str:
    """Return why that cannot be the figure of this indicator, or nothing: a comma was lost."""
    if indicator is None:
        return ""
    if indicator.unit == "%" and not 0 <= value <= WHOLE:
        return _(
            "« {text} » n’est pas un pourcentage, qui va de 0 à 100 : la virgule est peut-être "
            "perdue."
        )
    if indicator.is_count and (value < 0 or value % 1):
        return _(
            "« {text} » n’est pas un nombre entier : écrivez les milliers sans point ni virgule, "
            "par exemple 20300."
        )
    return ""


class FigureSession(Session):
    """One reading of one file: the places of the region, the indicators, the figures known."""

    def __init__(self, region: Place, source: str, matches: Mapping[str, int]) -> None:
        self.source = source
        self.places = places_by_name(region)
        by_id = {place.pk: place for place in self.places.values()}
        self.matches = {text: by_id[pk] for text, pk in matches.items() if pk in by_id}
        indicators = list(Indicator.objects.all())
        self.indicators = {fold(i.name): i for i in indicators} | {
            fold(i.code): i for i in indicators
        }
        self.kinds = {i.pk: i for i in indicators}
        known = Figure.objects.filter(place__in=list(by_id)).order_by("pk")
        self.known = {(f.place_id, f.indicator_id, f.period): f for f in known}
        places = {name: place.pk for name, place in self.places.items()}
        names = {name: (one.pk, one.name) for name, one in self.indicators.items()}
        figures = [(figure.pk, figure_facts(figure)) for figure in self.known.values()]
        self.basis = basis_of(source, places, names, matches, figures)
        self.seen: set[tuple[Any, ...]] = set()

    def read(self, cells: Mapping[str, str]) -> Reading:
        reading = Reading()
        self._place(cells.get("place", ""), reading)
        self._indicator(cells.get("indicator", ""), reading)
        self._period(cells.get("period", ""), reading)
        self._value(cells.get("value", ""), reading)
        source = (cells.get("source", "") or self.source)[:200]
        if not source:
            reading.problems.append(
                Problem(
                    "source", _("Il manque la source : un chiffre sans source ne se vérifie pas.")
                )
            )
        reading.facts["source"] = source
        if not reading.problems:
            self._compare(reading)
        return reading

    def candidates(self, text: str) -> Sequence[Candidate]:
        from rapidfuzz import fuzz, process  # 3 MB in each worker, for who brings a file

        names = {place.pk: place.name for place in self.places.values()}
        folded = {pk: fold(name) for pk, name in names.items()}
        ranked = process.extract(fold(text), folded, scorer=fuzz.WRatio, limit=len(folded))
        return [Candidate(pk, names[pk], score) for _name, score, pk in ranked]

    def _place(self, text: str, reading: Reading) -> None:
        place = self.places.get(fold(text)) or self.matches.get(fold(text)[:200])
        if place is None:
            sentence = _("« {text} » n’est pas un territoire de votre région.").format(text=text)
            reading.problems.append(Problem("place", sentence))
            reading.unknown = text[:200]
            return
        reading.facts["place"] = place.pk

    def _indicator(self, text: str, reading: Reading) -> None:
        indicator = self.indicators.get(fold(text))
        if indicator is None:
            known = ", ".join(sorted({i.name for i in self.indicators.values()}))
            sentence = _("« {text} » n’est pas un indicateur connu. On connaît : {known}.")
            reading.problems.append(
                Problem("indicator", sentence.format(text=text, known=known)[:500])
            )
            return
        reading.facts["indicator"] = indicator.pk

    def _period(self, text: str, reading: Reading) -> None:
        if not text:
            reading.problems.append(Problem("period", _("Il manque la période.")))
            return
        found = PERIOD.fullmatch(text)
        if found is None or (found[2] and found[2] < found[1]):
            sentence = _("« {text} » n’est pas une période : écrivez 2021 ou 2021-2023.")
            reading.problems.append(Problem("period", sentence.format(text=text)))
            return
        reading.facts["period"] = "-".join(year for year in found.groups() if year)

    def _value(self, text: str, reading: Reading) -> None:
        if not text:
            reading.problems.append(Problem("value", _("Il manque la valeur.")))
            return
        value = None
        with suppress(NotANumber):
            value = read_decimal(text.removesuffix("%").strip())
        if value is None or abs(value) >= LARGEST:
            sentence = _("« {text} » n’est pas un nombre.").format(text=text)
            reading.problems.append(Problem("value", sentence))
            return
        if doubt := _doubt(self.kinds.get(reading.facts.get("indicator", 0)), value):
            reading.problems.append(Problem("value", doubt.format(text=text)))
            return
        reading.facts["value"] = f"{value:.4f}"

    def _compare(self, reading: Reading) -> None:
        facts = reading.facts
        identity = (facts["place"], facts["indicator"], facts["period"])
        if identity in self.seen:
            sentence = _("Ce chiffre est déjà plus haut dans ce fichier.")
            reading.problems.append(Problem("indicator", sentence))
            return
        self.seen.add(identity)
        known = self.known.get(identity)
        if known is not None:
            reading.target = known.pk
            same = figure_facts(known) == facts
            reading.verdict = Row.Verdict.SAME if same else Row.Verdict.CHANGED
