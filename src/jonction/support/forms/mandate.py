"""What a person types about needs, mandates and resources."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.accounts.consents import TEXTS
from jonction.accounts.models import Consent
from jonction.accounts.queries import addressee
from jonction.core.editing import day_field
from jonction.core.forms import RowsField
from jonction.core.once import SentOnce
from jonction.core.taxonomy import Level, Posture, ResourceKind
from jonction.core.versions import CarriesVersion
from jonction.cycle.models import Process, Requirement
from jonction.governance.fields import OrganisationField
from jonction.governance.models import AllianceTerritory, Organisation
from jonction.support.forms.fields import InOrder, PlacedForm, weekly_hours
from jonction.support.models import Alert, Language, Need, Resource

OTHER_LANGUAGES = [(one.value, one.label) for one in Language if one != Language.FRENCH]


class NeedForm(SentOnce, PlacedForm):
    quarters_per_week = weekly_hours(
        required=False,
        help_text=_(
            "Par exemple 3,5 ou 2h30. Si vous ne savez pas, laissez vide : la coordination le "
            "précisera."
        ),
    )
    text = forms.CharField(
        label=_("Ce qu’il faudrait, en vos mots"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    process = forms.ModelChoiceField(label=_("Démarche"), queryset=Process.objects.none())
    urgency = forms.ChoiceField(label=_("Urgence"), choices=Need.Urgency, initial=Need.Urgency.SOON)
    language = forms.ChoiceField(
        label=_("Dans une autre langue"),
        choices=[("", _("non, en français")), *OTHER_LANGUAGES],
        required=False,
        help_text=_("Le jumelage ne propose que les personnes qui disent la parler."),
    )
    on_behalf_of = forms.CharField(
        label=_("Au nom de"),
        max_length=150,
        required=False,
        help_text=_("Si vous écrivez pour quelqu’un : qui a demandé."),
    )
    caller_email = forms.EmailField(
        label=_("Son courriel, si cette personne a un compte"),
        required=False,
        help_text=_("Elle suivra elle-même sa demande et sera prévenue à chaque étape."),
    )
    channel = forms.ChoiceField(label=_("Reçu par"), choices=Need.Channel)
    organisation: forms.Field = OrganisationField(
        label=_("Pour l’organisme"),
        required=False,
        help_text=_("Si le besoin est celui d’un organisme : son nom entier ou son NEQ."),
    )
    # what the link that led here says of where the need comes from
    origin = forms.ChoiceField(
        choices=Need.Origin, required=False, widget=forms.HiddenInput, initial=Need.Origin.ITSELF
    )
    requirement = forms.ModelChoiceField(
        queryset=Requirement.objects.none(), required=False, widget=forms.HiddenInput
    )
    alert = forms.ModelChoiceField(
        queryset=Alert.objects.none(), required=False, widget=forms.HiddenInput
    )

    field_order = ["text", "process", "level", "stages", "dimensions", "urgency"]
    FOR_ANOTHER: tuple[str, ...] = ("on_behalf_of", "caller_email", "channel", "organisation")

    def __init__(self, *args: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = processes.order_by().values("pk")
        querysets = {
            "process": processes,
            "requirement": Requirement.objects.filter(alliance__bodies__processes__in=among),
            "alert": Alert.objects.filter(process__in=among),
        }
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset.distinct()  # type: ignore[attr-defined]

    @property
    def main(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.FOR_ANOTHER]

    @property
    def for_another(self) -> list[forms.BoundField]:
        """Return what is asked only when somebody else needs it."""
        return [field for field in self.visible_fields() if field.name in self.FOR_ANOTHER]

    @property
    def says_for_another(self) -> bool:
        """Say whether that part is to be read at once: something is typed or wrong in it."""
        typed = ("on_behalf_of", "caller_email", "organisation")
        return any(
            field.errors or (field.name in typed and field.value()) for field in self.for_another
        )

    def clean_origin(self) -> str:
        return self.cleaned_data["origin"] or Need.Origin.ITSELF

    def clean(self) -> dict[str, Any]:
        """Find who asked; an e-mail that opens no account is not told apart, and is not kept."""
        typed: dict[str, Any] = super().clean() or {}
        email = typed.pop("caller_email", "")
        if email and not typed.get("on_behalf_of"):
            self.add_error("on_behalf_of", _("Écrivez aussi le nom de la personne."))
        return typed | {"asked_by": addressee(email) if email else None}


class PromoterNeedForm(NeedForm):
    """What somebody asks for an organisation that she writes for, without the words of the trade."""

    organisation = forms.ModelChoiceField(
        label=_("Pour qui"), queryset=Organisation.objects.none(), empty_label=None
    )

    field_order = ["text", "organisation", *NeedForm.field_order[1:]]
    FOR_ANOTHER = ()
    # nobody called: she asks by herself; and what an organisation asks has its level
    NOT_ASKED = ("on_behalf_of", "caller_email", "channel", "posture")

    def __init__(self, *args: Any, organisations: Any, sits: bool, **kwargs: Any) -> None:
        """Whoever also `sits` in a body may ask for its process rather than for an organisation."""
        super().__init__(*args, **kwargs)
        for name in self.NOT_ASKED:
            del self.fields[name]
        self.fields["level"].widget = forms.HiddenInput()
        self.fields["level"].required = False
        # whoever writes for one organisation, and sits nowhere, is not asked which one
        one = organisations[0] if len(organisations) == 1 else None
        self.only = None if sits else one
        if self.only:
            del self.fields["organisation"]
            return
        chosen: forms.ModelChoiceField[Organisation] = self.fields["organisation"]  # type: ignore[assignment]
        chosen.queryset = organisations
        if sits:
            chosen.required, chosen.empty_label = False, str(_("la démarche elle-même"))
            born_there = self.initial.get("origin") in (Need.Origin.CELL, Need.Origin.ALERT)
            chosen.initial = None if born_there else one

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        organisation = self.only or typed.get("organisation")
        process, level = typed.get("process"), typed.get("level")
        if organisation:
            level = Level.PROMOTER
        elif process and not level:
            level = process.body.level
        return typed | {"organisation": organisation, "level": level, "posture": Posture.SUPPORT}


class MandateForm(SentOnce, PlacedForm):
    process = forms.ModelChoiceField(label=_("Démarche"), queryset=Process.objects.none())
    resource = forms.ModelChoiceField(label=_("Ressource"), queryset=Resource.objects.none())
    host = OrganisationField(label=_("Organisme d’accueil"), required=False)
    need = forms.ModelChoiceField(
        label=_("Besoin auquel il répond"), queryset=Need.objects.none(), required=False
    )

    field_order = ["process", "resource", "need", "level", "stages", "dimensions", "mode"]

    def __init__(
        self, *args: Any, processes: Any, resources: Any, needs: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {"process": processes, "resource": resources, "need": needs}
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]


class WordForm(forms.Form):
    word = forms.CharField(label=_("Raison"), max_length=300, required=False)


class ExtendForm(SentOnce):
    until = day_field(_("Nouveau dernier jour"))


class EndForm(forms.Form):
    on = day_field(_("Dernier jour"))
    word = forms.CharField(label=_("Raison"), max_length=300)


def _some_words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    answer = _some_words(_("Ce que la personne qui a demandé lira"))


class CloseForm(forms.Form):
    """The asker closes too: nobody writes to herself."""

    answer = _some_words(_("Pourquoi ce besoin se ferme"))


class WhyForm(forms.Form):
    why = _some_words(_("Pourquoi le regarder de nouveau"))


class HoursForm(forms.Form):
    quarters_per_week = weekly_hours()


class CapacityForm(InOrder):
    quarters_per_week = weekly_hours()


class LeaveForm(InOrder):
    pass


class DepartureForm(forms.Form):
    leaves_on = day_field(
        _("Dernier jour"), required=False, help_text=_("Vide : aucun départ n’est annoncé.")
    )


class AgreementForm(forms.Form):
    """The words that the person heard or signed, how, and when."""

    channel = forms.ChoiceField(
        label=_("Comment la personne a donné son accord"),
        choices=[(c.value, c.label) for c in (Consent.Channel.PAPER, Consent.Channel.ORAL)],
        widget=forms.RadioSelect,
    )
    on = day_field(_("Quand"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].help_text = str(TEXTS[Consent.Purpose.DIRECTORY].words)


class _ResourceFields(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=150)
    kind = forms.ChoiceField(label=_("Type"), choices=ResourceKind)
    home = OrganisationField(label=_("Organisme d’attache"), required=False)
    territories = RowsField(
        label=_("Territoires"),
        queryset=AllianceTerritory.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, territories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territories"].queryset = territories  # type: ignore[attr-defined]


class ResourceForm(CarriesVersion, _ResourceFields):
    """The record of a resource, that its coordination and itself may both be writing."""


class NewResourceForm(SentOnce, _ResourceFields):
    email = forms.EmailField(
        label=_("Courriel"),
        required=False,
        help_text=_("Pour se connecter. Une personne sans courriel n’a pas de compte."),
    )
