"""What a person says of a cell, or of an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jonction.core.editing import day_field
from jonction.core.taxonomy import Dimension, Level, Stage


class WaiverForm(forms.Form):
    level = forms.ChoiceField(choices=Level, widget=forms.HiddenInput)
    stage = forms.ChoiceField(choices=Stage, widget=forms.HiddenInput)
    dimensions = forms.MultipleChoiceField(
        label=_("Dimensions"), choices=Dimension, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Pourquoi rien n’est nécessaire"), max_length=300)


class SnoozeForm(forms.Form):
    key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    until = day_field(_("Y revenir le"))
    reason = forms.CharField(label=_("Raison"), max_length=300)
