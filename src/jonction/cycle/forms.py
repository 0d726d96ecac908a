"""What a person types about a process and its dates."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jonction.core.days import in_words
from jonction.core.durations import QuartersField
from jonction.core.editing import day_field
from jonction.core.taxonomy import Stage
from jonction.core.versions import CarriesVersion, VersionedForm
from jonction.cycle import queries, rules
from jonction.cycle.models import GESTURES, Deadline, Milestone, Process, Requirement, Window
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.territories.legal_time import NoSuchTime, instant, zone_label

QUARTERS_PER_DAY = 96


def clock_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


class ProcessForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=160)


class StagesForm(CarriesVersion):
    """Six lines at once: from when to when each stage is planned."""

    def __init__(self, *args: Any, thing: Process, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        planned = {stage.kind: stage for stage in thing.stages.all()}
        beyond = {stage.kind for stage in queries.planned_beyond_plan(thing)}
        end = in_words(thing.body.alliance.plan.ends_on)
        for kind, label in Stage.choices:
            stage = planned.get(kind)
            for side, sentence, initial in (
                ("from", _("%(stage)s : début prévu"), stage and stage.planned_from),
                ("to", _("%(stage)s : fin prévue"), stage and stage.planned_to),
            ):
                field = day_field(capfirst(str(sentence) % {"stage": label}), initial=initial)
                self.fields[f"{kind}_{side}"] = field
            if kind in beyond:
                field.help_text = _("Après la fin du plan, le %(day)s.") % {"day": end}
        if not beyond:
            field.help_text = _("Le plan finit le %(day)s.") % {"day": end}

    def dates(self) -> rules.Dates:
        typed = self.cleaned_data
        return {kind: (typed[f"{kind}_from"], typed[f"{kind}_to"]) for kind in Stage.values}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        for name, day in [(n, d) for n, d in typed.items() if isinstance(d, date)]:
            if not (near := rules.near_plan(self.thing, day)):
                self.add_error(name, near.reason)
        if all(f"{kind}_{side}" in typed for kind in Stage.values for side in ("from", "to")):
            verdict = rules.in_order(self.dates())
            if not verdict:
                self.add_error(None, verdict.reason)
        return typed


class DayForm(forms.Form):
    on = day_field(_("Date"))


def _meeting_time(label: Any, help_text: Any) -> QuartersField:
    too_long = _("C’est plus de 24 heures : vérifiez.")
    return QuartersField(
        label=label,
        help_text=help_text,
        required=False,
        most=QUARTERS_PER_DAY,
        too_long=too_long,
        can_be_none=True,
    )


class MilestoneForm(VersionedForm):
    on = day_field(_("Date"))
    quarters = _meeting_time(
        _("Durée de la rencontre"),
        _("Par exemple 2 ou 1h30. Vide : ce que l’Alliance suppose d’une rencontre."),
    )
    preparation_quarters = _meeting_time(
        _("Préparation, pour chaque personne"), _("Vide : ce que l’Alliance suppose.")
    )

    class Meta:
        model = Milestone
        fields = ("name", "kind", "on", "stage", "quarters", "preparation_quarters")

    field_order = ("name", "kind", "on", "stage")


class _LegalTimes(VersionedForm):
    """Instants typed as a day and a time on the clock of the territory."""

    INSTANTS: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for name, (day, clock) in self.INSTANTS.items():
            at = getattr(self.thing, name)
            self.fields[clock].help_text = capfirst(zone_label(zone))
            if at:
                local = at.astimezone(ZoneInfo(zone))
                self.fields[day].initial = local.date()
                self.fields[clock].initial = local.time()

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        for name, (day, clock) in self.INSTANTS.items():
            if typed.get(day) and typed.get(clock) is not None:
                try:
                    typed[name] = instant(typed[day], typed[clock], self.zone)
                except NoSuchTime:
                    self.add_error(
                        clock, _("Cette heure n’existe pas : l’horloge avance cette nuit-là.")
                    )
        return typed

    def changes(self) -> dict[str, Any]:
        return {**super().changes(), **{name: self.cleaned_data[name] for name in self.INSTANTS}}


class DeadlineForm(_LegalTimes):
    INSTANTS = {"due_at": ("day", "clock")}

    day = day_field(_("Date"))
    clock = clock_field(_("Heure"))

    class Meta:
        model = Deadline
        fields = ("name", "force", "stage", "source")

    field_order = ("name", "day", "clock", "force", "stage", "source")


class WindowForm(_LegalTimes):
    INSTANTS = {"starts_at": ("opens_on", "opens_at"), "ends_at": ("closes_on", "closes_at")}

    gesture = forms.ChoiceField(label=_("Ce qui s’ouvre"), choices=GESTURES.items)
    opens_on = day_field(_("Ouvre le"))
    opens_at = clock_field(_("Heure d’ouverture"))
    closes_on = day_field(_("Ferme le"))
    closes_at = clock_field(_("Heure de fermeture"))

    class Meta:
        model = Window
        fields = ("gesture", "territory")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["territory"]
        field.queryset = AllianceTerritory.objects.filter(alliance=self.thing.alliance)
        field.empty_label = _("toute l’Alliance")

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if {"starts_at", "ends_at"} <= typed.keys() and typed["ends_at"] <= typed["starts_at"]:
            self.add_error("closes_on", _("La fermeture vient avant l’ouverture."))
        return typed


class TransitionForm(forms.Form):
    alliance = forms.ModelChoiceField(
        label=_("Vers quelle Alliance"), queryset=Alliance.objects.none()
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["alliance"]
        field.queryset = queries.next_alliances(process)


class RequirementForm(VersionedForm):
    fixed_on = day_field(_("Date fixe"), required=False)

    class Meta:
        model = Requirement
        fields = (
            "name",
            "document",
            "stage",
            "level",
            "official_text",
            "source",
            "plain_text",
            "why",
            "anchor",
            "offset_days",
            "fixed_on",
            "helper",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("official_text", "plain_text", "why")
        }

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        is_fixed = typed.get("anchor") == Requirement.Anchor.FIXED
        if is_fixed and "fixed_on" in typed and not typed["fixed_on"]:
            self.add_error("fixed_on", _("Écrivez la date fixe, ou choisissez un autre repère."))
        taken = Requirement.objects.filter(
            alliance=self.thing.alliance, name=typed.get("name", "")
        ).exclude(pk=self.thing.pk)
        if taken.exists():
            self.add_error("name", _("Une exigence de l’Alliance porte déjà ce nom."))
        return typed


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Question, en langage clair"), max_length=300, required=False)
    heading = forms.CharField(
        label=_("Titre dans le document officiel"), max_length=200, required=False
    )
    help = forms.CharField(label=_("Aide"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        said = [name for name in ("text", "heading") if typed.get(name)]
        if len(said) == 1 or (typed.get("help") and not said):
            self.add_error(
                None, _("Une question a son titre dans le document officiel : écrivez les deux.")
            )
        return typed


QuestionRows = forms.formset_factory(
    QuestionForm, extra=2, max_num=40, absolute_max=40, validate_max=True
)


class SourceForm(forms.Form):
    source = forms.ModelChoiceField(
        label=_("Reprendre celles de"), queryset=Alliance.objects.none()
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.queryset = queries.alliances_with_requirements().exclude(pk=alliance.pk)
