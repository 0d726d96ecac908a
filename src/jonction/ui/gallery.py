"""Invented matter to show every component in every state."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace as Drawn
from typing import Any
from uuid import UUID

from django import forms

from jonction.core.gestures import Gesture, offers
from jonction.core.verdicts import YES, no
from jonction.ui.gallery_charts import CELLS, MONDAY, STAGES, charts


class SampleForm(forms.Form):
    """One field of each kind that the pages use."""

    sentence = forms.CharField(label="Une phrase", help_text="Courte, comme on la dirait.")
    story = forms.CharField(label="Un récit", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Une date", widget=forms.DateInput(attrs={"type": "date"}))
    hours = forms.DecimalField(label="Des heures", required=False, min_value=0)
    place = forms.ChoiceField(label="Un territoire", choices=[("a", "Avignon"), ("b", "La Mitis")])
    stages = forms.MultipleChoiceField(
        label="Des étapes",
        choices=[(stage, stage) for stage in STAGES],
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(
        label="Qui peut lire",
        choices=[("me", "Moi"), ("mandate", "Mon mandat"), ("all", "Tout le monde")],
        widget=forms.RadioSelect,
    )
    places = forms.MultipleChoiceField(
        label="Plusieurs territoires",
        choices=[("a", "Avignon"), ("b", "La Mitis"), ("c", "La Matanie")],
        required=False,
    )
    paper = forms.FileField(label="Un fichier", required=False)
    agreed = forms.BooleanField(label="J’ai lu ce qui précède", help_text="Il faut cocher.")
    closed = forms.CharField(label="Un champ fermé", disabled=True, initial="fixé", required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Raison")


class ContactForm(forms.Form):
    name = forms.CharField(label="Qui")
    how = forms.CharField(label="Comment la joindre", required=False)


ContactRows = forms.formset_factory(ContactForm, extra=1)


def _shown_only(*_: Any, **__: Any) -> None:
    """The gestures of the gallery do nothing: their buttons lead to the page itself."""


GESTURES = [
    Gesture("accepter", "Accepter", lambda *_: YES, _shown_only, "C’est noté."),
    Gesture("terminer", "Terminer", lambda *_: YES, _shown_only, "C’est noté.", ReasonForm, "On ne peut pas revenir en arrière."),
    Gesture("retirer", "Retirer", lambda *_: YES, _shown_only, "C’est retiré.", None, "Ce qui en dépend reste."),
    Gesture("suspendre", "Suspendre", lambda *_: no("Ce mandat n’est pas actif."), _shown_only, ""),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    total: str
    lines: list[dict[str, str]]
    is_today: bool


def everything() -> dict[str, Any]:
    """Return the context of the gallery."""
    wrong = SampleForm({"sentence": "", "day": "2026-02-31"}, prefix="wrong")
    wrong.add_error(None, "Cette période chevauche un autre mandat.")
    return {
        "form": SampleForm(initial={"sentence": "Appel à la Table", "stages": [STAGES[1]]}),
        "groups": {"wrong": wrong},
        "rows": ContactRows(prefix="contacts", initial=[{"name": "Ginette Lavoie"}]),
        "yes": YES,
        "offered": offers(GESTURES, None, None),
        "refusal": no("Seule la personne sollicitée peut accepter ce mandat."),
        "listing": _listing(),
        "empty_listing": _listing(is_empty=True),
        "start": date(2026, 4, 1),
        "end": date(2027, 1, 12),
        "shelf": _shelf(),
        "events": _events(),
        "days": _week(),
        "charts": charts(),
        "statuses": list(CELLS.items()),
        "small": ["covered", "covered", "thin", "hole"] * 2 + ["unneeded"] * 4,
        "tracks": _tracks(),
        "path": _path(),
        "entries": _entries(),
    }


def _listing(*, is_empty: bool = False) -> Drawn:
    """Return a list in the middle of its pages, or one whose filters leave nothing."""
    heads = [("Nom", "#nom", "ascending"), ("Secteur", "#secteur", ""), ("Heures", "", "")]
    rows = [("Maison des familles", "Famille", "38"), ("Table de la faim", "Alimentation", "4,5")]
    form = ReasonForm(auto_id=f"g-{'vide' if is_empty else 'liste'}-%s")
    return Drawn(
        form=form,
        filters=[] if is_empty else ["reason"],
        sorts=[] if is_empty else [Drawn(value="nom", label="Nom, en montant", is_asked=True)],
        carried=[],
        notice="Cette page de la liste n’existe pas : voici le début." if is_empty else "",
        count=0 if is_empty else 240,
        all_link="#" if is_empty else "",
        export_links=[("csv", "#csv"), ("xlsx", "#xlsx"), ("ods", "#ods")],
        heads=[Drawn(label=label, link=link, aria_sort=sort) for label, link, sort in heads],
        rows=[] if is_empty else rows,
        first_link="#debut",
        previous_link="#avant",
        next_link="#apres",
    )


def _path() -> dict[str, Any]:
    """Return the path of something asked, with a point in each of its states."""
    points = [("reçu", "over", date(2026, 11, 2)), ("admissible", "running", date(2026, 11, 9))]
    coming = [("retenu", "coming", None)]
    return {
        "points": [
            {"label": label, "state": state, "on": on} for label, state, on in [*points, *coming]
        ]
    }


def _tracks() -> list[dict[str, Any]]:
    """Return a track in each of its states: late, running, to come, over."""
    cases = [("late", 2), ("running", 2), ("coming", 1), ("over", 4)]
    return [
        {
            "steps": [
                Drawn(label=stage, state="over" if n < rank else state if n == rank else "coming")
                for n, stage in enumerate(STAGES, 1)
            ],
            "now": {"label": STAGES[rank - 1], "state": state},
            "rank": rank,
            "since": date(2026, 5, 1),
            "until": date(2026, 9, 30),
        }
        for state, rank in cases
    ]


def _entries() -> list[dict[str, Any]]:
    about = {"label": "Accessibilité", "url_name": "ui:accessibility"}
    here = {"label": "Galerie", "url_name": "ui:gallery"}
    return [here, {"label": "À propos", "below": [about, here]}]


def _events() -> list[dict[str, Any]]:
    return [
        {"on": date(2026, 9, 1), "label": "Besoin reçu", "note": "par téléphone"},
        {"on": date(2026, 11, 23), "label": "Mandat proposé", "state": "now", "url": "#"},
        {"on": date(2027, 1, 12), "label": "Premier soutien prévu", "state": "next"},
    ]


def _shelf() -> dict[str, Any]:
    file = {
        "name": "Compte rendu du 9 octobre.pdf",
        "size": 245_760,
        "get_absolute_url": "#",
        "owner": {"name": "Anne Bélanger"},
        "added_at": MONDAY,
        "token": UUID(int=0),
    }
    mine = {"attachment": file, "kind": "pdf", "can_remove": YES}
    other = {**file, "name": "Plan.docx"}
    theirs = {
        "attachment": other,
        "kind": "docx",
        "can_remove": no("Ajouté par quelqu’un d’autre."),
    }
    return {"word": "besoin", "pk": 1, "files": [mine, theirs]}


def _week() -> list[Day]:
    lines = [{"text": "Appel à la Table, budget", "url": "#", "hours": "0 h 30"}]
    return [
        Day(
            MONDAY + timedelta(days=n),
            "1 h" if n % 3 == 0 else "",
            lines * (2 if n % 3 == 0 else 0),
            is_today=n == 1,
        )
        for n in range(7)
    ]
