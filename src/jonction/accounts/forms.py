"""What a person types about herself."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


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
