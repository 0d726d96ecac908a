"""What a person types about herself."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jonction.accounts.models import Consent, Person
from jonction.accounts.news import PACES, News
from jonction.accounts.queries import paces_of
from jonction.core.clocks import Zone
from jonction.engines.words import fold


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Votre téléphone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )


class NewsForm(forms.Form):
    """How one wants each kind of news, and when mails must wait."""

    quiet_from = forms.TimeField(
        label=_("Aucun courriel à partir de"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_to = forms.TimeField(
        label=_("Jusqu’à"),
        help_text=_("Deux heures pareilles : les courriels partent à toute heure."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    time_zone = forms.ChoiceField(
        label=_("À quelle heure vivez-vous ?"),
        choices=[("", _("celle de mon territoire")), *Zone.choices],
        required=False,
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        names = ["quiet_from", "quiet_to", "time_zone"]
        initial = {name: getattr(person, name) for name in names} | paces_of(person)
        super().__init__(data, initial=initial)
        for kind in News:
            self.fields[kind.value] = forms.ChoiceField(
                label=capfirst(kind.label),
                choices=[(pace.value, pace.label) for pace in PACES[kind]],
                widget=forms.RadioSelect,
            )
        self.order_fields([*News.values, *names])

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        cleaned = dict(self.cleaned_data)
        return {"paces": {kind: cleaned.pop(kind) for kind in News.values}, **cleaned}


class ForgetForm(forms.Form):
    """What is asked before something that nobody can undo."""

    email = forms.EmailField(
        label=_("Votre courriel, pour confirmer"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    is_sure = forms.BooleanField(label=_("J’ai lu ce qui s’en va et ce qui reste"))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        if typed.casefold() != (self.person.email or "").casefold():
            raise forms.ValidationError(_("Ce n’est pas le courriel de ce compte."))
        return typed


class ForgetForAnotherForm(forms.Form):
    """What is asked before a person without an account is forgotten, as she wanted."""

    name = forms.CharField(
        label=_("Le nom de la personne, pour confirmer"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    channel = forms.ChoiceField(
        label=_("Comment elle l’a demandé"),
        choices=[(c.value, c.label) for c in (Consent.Channel.ORAL, Consent.Channel.PAPER)],
        widget=forms.RadioSelect,
    )
    is_sure = forms.BooleanField(label=_("Elle sait ce qui s’en va et ce qui reste"))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        self.person = person

    def clean_name(self) -> str:
        typed = str(self.cleaned_data["name"])
        if fold(typed) != fold(self.person.name):
            raise forms.ValidationError(_("Ce n’est pas le nom de cette personne."))
        return typed


class KeyName(forms.CharField):
    def __init__(self, **options: Any) -> None:
        help_text = _("Par exemple « Mon téléphone », pour la reconnaître plus tard.")
        super().__init__(label=_("Nom de la clé"), help_text=help_text, max_length=100, **options)


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey by default: the means that replaces the code and the password."""

    name = KeyName(required=False)
    passwordless = forms.BooleanField(
        label=_("Me connecter avec cette clé seule"),
        help_text=_("Sans cela, elle ne sert qu’à confirmer, après le code ou le mot de passe."),
        required=False,
        initial=True,
    )


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = KeyName()
