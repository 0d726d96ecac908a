"""What a person types about governance."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jonction.accounts.models import Person
from jonction.core.editing import day_field
from jonction.core.forms import RowsField
from jonction.core.versions import VersionedForm
from jonction.governance import queries
from jonction.governance.fields import OrganisationField, OrganisationsField
from jonction.governance.models import (
    Alliance,
    AllianceTerritory,
    Body,
    Membership,
    Organisation,
    Plan,
    Seat,
)
from jonction.territories.queries import regions

TAKEN = _("Ce nom est déjà pris dans cette Alliance.")


class AmountField(forms.DecimalField):
    """Dollars as people write them in French: 1 250 000,50 $."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value or "").replace("$", "").split())
        return super().to_python(text.replace(",", "."))


class OpeningForm(forms.Form):
    """An Alliance that begins; a plan that is not listed is written by its name and its dates."""

    plan = forms.ModelChoiceField(
        label=_("Plan gouvernemental"),
        queryset=Plan.objects.order_by("-starts_on"),
        required=False,
        empty_label=_("un plan qui n’est pas dans la liste"),
    )
    plan_name = forms.CharField(label=_("Nom du plan"), max_length=120, required=False)
    plan_from = day_field(_("Le plan court du"), required=False)
    plan_to = day_field(_("Au"), required=False)
    region = forms.ModelChoiceField(label=_("Région"), queryset=regions())
    name = forms.CharField(label=_("Nom de l’Alliance"), max_length=160)
    body_name = forms.CharField(
        label=_("Nom de son instance régionale"),
        max_length=160,
        help_text=_("Par exemple : Comité régional de l’Alliance."),
    )
    coordinator_name = forms.CharField(label=_("Qui la coordonne"), max_length=150)
    coordinator_email = forms.EmailField(
        label=_("Son courriel"),
        help_text=_("Un message lui dit comment entrer ; un compte est créé s’il n’y en a pas."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("plan"):
            for field in ("plan_name", "plan_from", "plan_to"):
                if not said.get(field) and field not in self.errors:
                    self.add_error(field, _("Choisissez un plan, ou dites son nom et ses dates."))
            first, last = said.get("plan_from"), said.get("plan_to")
            if first and last and last < first:
                self.add_error("plan_to", _("La fin vient avant le début."))
        elif said.get("name") and queries.is_opened(said["plan"], said["name"]):
            self.add_error("name", _("Ce plan a déjà une Alliance de ce nom."))
        return said

    def facts(self) -> dict[str, Any]:
        """Return what opens the Alliance; its plan is new when none was chosen."""
        said = self.cleaned_data
        new = Plan(name=said["plan_name"], starts_on=said["plan_from"], ends_on=said["plan_to"])
        kept = ("region", "name", "body_name", "coordinator_name", "coordinator_email")
        return {"plan": said["plan"] or new, **{name: said[name] for name in kept}}


class AllianceForm(VersionedForm):
    mandataire = OrganisationField(label=_("Mandataire"), required=False)
    cosigners = OrganisationsField(
        label=_("Cosignataires"), required=False, help_text=_("Un organisme par ligne.")
    )
    envelope = AmountField(
        label=_("Enveloppe, en dollars"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )

    class Meta:
        model = Alliance
        fields = (
            "name",
            "mandataire",
            "cosigners",
            "envelope",
            "lookahead_weeks",
            "gap_weeks",
            "tolerance_weeks",
            "floor_quarters",
            "floor_weeks",
        )


class _NameInAlliance(VersionedForm):
    """A name is taken once in an Alliance."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        rows = type(self.thing)._base_manager.filter(alliance=self.thing.alliance, name=name)
        if rows.exclude(pk=self.thing.pk).exists():
            raise forms.ValidationError(TAKEN)
        return name


class TerritoryForm(_NameInAlliance):
    class Meta:
        model = AllianceTerritory
        fields = ("name", "places", "part")
        field_classes = {"places": RowsField}
        widgets = {"places": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = queries.places_of_region(self.thing.alliance)  # type: ignore[attr-defined]


class BodyForm(_NameInAlliance):
    class Meta:
        model = Body
        fields = ("name", "level", "territory", "contact")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territories = AllianceTerritory.objects.filter(alliance=self.thing.alliance)
        self.fields["territory"].queryset = territories  # type: ignore[attr-defined]
        self.fields["territory"].empty_label = _("toute la région")  # type: ignore[attr-defined]


class OrganisationForm(VersionedForm):
    neq = forms.CharField(
        label=_("NEQ"),
        required=False,
        max_length=20,
        help_text=_("Dix chiffres, au Registraire des entreprises."),
    )
    annual_budget = AmountField(
        label=_("Budget annuel, en dollars"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )

    class Meta:
        model = Organisation
        fields = ("name", "neq", "kind", "place", "phone", "email", "annual_budget")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = queries.mrc_choices()  # type: ignore[attr-defined]

    def clean_neq(self) -> str:
        neq = "".join(self.cleaned_data["neq"].split())
        if neq and not (neq.isascii() and neq.isdigit() and len(neq) == 10):  # noqa: PLR2004
            raise forms.ValidationError(_("Un NEQ a dix chiffres."))
        if neq and Organisation.objects.filter(neq=neq).exclude(pk=self.thing.pk).exists():
            raise forms.ValidationError(_("Un organisme porte déjà ce NEQ."))
        return neq


class _Period(forms.Form):
    starts_on = day_field(_("Du"))
    ends_on = day_field(
        _("Au"), required=False, help_text=_("Laissez vide si la fin n’est pas connue.")
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = self.cleaned_data
        if typed.get("ends_on") and typed.get("starts_on", typed["ends_on"]) > typed["ends_on"]:
            self.add_error("ends_on", _("La fin vient avant le début."))
        return typed


class SeatForm(_Period):
    """A seat for somebody found, or for somebody new known by a name only."""

    person = forms.ModelChoiceField(
        label=_("Personne trouvée"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.RadioSelect,
        empty_label=_("aucune de ces personnes"),
    )
    new_name = forms.CharField(
        label=_("Ou une nouvelle personne, sans compte"), required=False, max_length=150
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=Seat.Role, initial=Seat.Role.MEMBER)
    organisation = OrganisationField(label=_("Pour quel organisme"), required=False)
    is_citizen = forms.BooleanField(label=_("À titre citoyen"), required=False)

    field_order = ("person", "new_name", "role", "organisation", "is_citizen")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        if not people.exists():
            self.fields["person"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if bool(typed.get("person")) == bool(typed.get("new_name")) and "person" not in self.errors:
            self.add_error("new_name", _("Choisissez une personne trouvée ou écrivez un nom."))
        if typed.get("organisation") and typed.get("is_citizen"):
            self.add_error("is_citizen", _("On siège pour un organisme ou à titre citoyen."))
        return typed


class MembershipForm(_Period):
    email = forms.EmailField(label=_("Courriel de la personne"))
    role = forms.ChoiceField(
        label=_("Rôle"), choices=Membership.Role, initial=Membership.Role.WRITER
    )

    field_order = ("email", "role")

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if "email" in typed:
            typed["person"] = Person.objects.filter(email__iexact=typed["email"]).first()
            if typed["person"] is None:
                self.add_error("email", _("Aucune personne n’est connue sous ce courriel."))
        return typed


class EndForm(forms.Form):
    on = day_field(_("Dernier jour"))
