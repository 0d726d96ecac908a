"""What a person may do with a thing, said once: the buttons of its page and the door behind them.

A page of one thing lists its gestures; each carries its rule, its action, its form and its words.
The same table draws the buttons (or the reason why not) and answers the POST.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from jonction.core.verdicts import Refused, Verdict


@dataclass(frozen=True, slots=True)
class Gesture:
    """One gesture; `word` is its French verb in the address, `warning` what cannot be undone.

    `tone` is how its button looks: "quiet" beside the one that people come for.
    """

    word: str
    label: Any
    rule: Callable[[Any, Any, date], Verdict]
    action: Callable[..., Any]
    done: Any
    form: type[forms.Form] | None = None
    warning: Any = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A gesture as this person finds it on the page."""

    gesture: Gesture
    verdict: Verdict
    form: forms.Form | None


def offers(
    gestures: Sequence[Gesture], actor: Any, subject: Any, bound: forms.Form | None = None
) -> list[Offer]:
    """Return the gestures with their verdicts; `bound` is the form just refused, kept as typed."""
    today = localdate()
    return [Offer(g, g.rule(actor, subject, today), _form_of(g, subject, bound)) for g in gestures]


def perform(
    request: Any, gestures: Sequence[Gesture], word: str, subject: Any
) -> HttpResponse | forms.Form:
    """Do the gesture of that word and go back to the subject, or return the form with its errors."""
    gesture = next((g for g in gestures if g.word == word), None)
    if gesture is None:
        raise Http404
    facts = {"actor": request.user, "today": localdate()}
    if gesture.form is None:
        gesture.action(subject, **facts)
    else:
        form = gesture.form(request.POST, prefix=word)
        attempt(form, gesture.action, subject, **facts)
        if form.errors:
            return form
    messages.success(request, gesture.done)
    return redirect(subject)


def attempt(form: forms.BaseForm, action: Callable[..., Any], *subject: Any, **facts: Any) -> Any:
    """Run the action with what the form cleaned; a refusal becomes an error of the form.

    What was typed then stays on the page. Return what the action returns, None when refused.
    """
    if not form.is_valid():
        return None
    try:
        return action(*subject, **facts, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _form_of(gesture: Gesture, subject: Any, bound: forms.Form | None) -> forms.Form | None:
    if gesture.form is None:
        return None
    if bound is not None and bound.prefix == gesture.word:
        return bound
    known = {name: getattr(subject, name, None) for name in gesture.form.base_fields}
    # what the subject does not say is left to what the form proposes
    initial = {name: value for name, value in known.items() if value is not None}
    return gesture.form(prefix=gesture.word, initial=initial)
