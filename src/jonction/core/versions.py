"""Two people who save the same thing: the second is told what changed and keeps what was typed.

A model that derives from `Versioned` counts its writings. A form that derives from `CarriesVersion`
takes along the count that was read; when the row has moved on meanwhile, the form is invalid, says
who changed what, and a second saving is then a choice. What says exactly what is kept already (the
same page, sent twice) has nothing to write: it is answered as done. `rewrite` writes, leaves the trace that
the form tells from, and makes the thing found by its new words; the trace names the fields, never
their values.
"""

from copy import copy
from typing import Any, ClassVar

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.fields.related import ManyToManyField
from django.utils.translation import gettext as _

from jonction.core import search
from jonction.core.background import later
from jonction.core.models import Trace
from jonction.core.verdicts import Refused

AROUND_JOB = "jonction.core.jobs.index_around"


class Versioned(models.Model):
    # what to call a part of the thing that is not one of its columns
    PARTS: ClassVar[dict[str, Any]] = {}

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def rewrite(thing: Any, changes: dict[str, Any], *, version: int, actor: Any) -> list[str]:
    """Write the fields that differ, if nobody has written since `version`; return their names."""
    many = {f.name for f in thing._meta.many_to_many}
    changed = [name for name, value in changes.items() if _differs(thing, name, value, many)]
    if changed:
        is_named = search.is_read_by_others(type(thing))
        name_before = str(thing) if is_named else ""
        with transaction.atomic():
            claim(thing, changed, version=version, actor=actor)
            for name in changed:
                if name in many:
                    getattr(thing, name).set(changes[name])
                else:
                    setattr(thing, name, changes[name])
            thing.save()
            search.index_if_found(thing)
            if is_named and str(thing) != name_before:
                later(AROUND_JOB, thing._meta.label_lower, thing.pk)
    return changed


def claim(thing: Any, changed: list[str], *, version: int, actor: Any) -> None:
    """Count one more writing of `thing` and leave its trace; refuse when somebody came first."""
    rows = type(thing)._base_manager.filter(pk=thing.pk, version=version)
    if thing.version != version or not rows.update(version=version + 1):
        raise Refused(_("Quelqu’un vient de modifier cette fiche. Rechargez la page."))
    thing.version = version + 1
    facts = {"fields": changed, "version": thing.version}
    Trace.leave(actor, f"{thing._meta.label_lower}.edited", thing, **facts)


def changes_since(thing: Any, version: int) -> list[str]:
    """Return one sentence per field written after `version`, by its last writer."""
    lines = Trace.objects.filter(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        verb=f"{thing._meta.label_lower}.edited",
    ).select_related("actor")
    writers = {
        name: line.actor
        for line in lines.order_by("pk")
        # a line left before its model counted its writings says neither
        if line.facts.get("version", 0) > version
        for name in line.facts["fields"]
    }
    return [_sentence(thing, name, writer) for name, writer in writers.items()]


class CarriesVersion(forms.Form):
    """A form about a thing that somebody else may be writing too."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, thing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        self.rows: tuple[forms.BaseFormSet[Any], ...] = ()  # what the page also holds
        self.is_done = False  # sent again as it is kept: nothing to write
        self.fields["version"].initial = thing.version

    def clean(self) -> dict[str, Any]:
        super().clean()
        read = self.cleaned_data.get("version") or 0
        if read != self.thing.version:
            if 0 <= read < self.thing.version and self._says_what_is_kept():
                self.cleaned_data["version"] = self.thing.version
                self.is_done = True
            else:
                self._tell(read)
        return self.cleaned_data

    def _says_what_is_kept(self) -> bool:
        return not _has_changed(self) and not any(_rows_have_changed(rows) for rows in self.rows)

    def _tell(self, read: int) -> None:
        """Say what changed and carry the new version: saving again is then a choice."""
        self.add_error(None, _("Cette fiche a changé pendant que vous écriviez."))
        for sentence in changes_since(self.thing, read):
            self.add_error(None, sentence)
        self.add_error(
            None,
            _("Ce que vous avez écrit est gardé ici : enregistrer de nouveau le met à la place."),
        )
        typed: Any = self.data
        carried = typed.copy()
        carried[self.add_prefix("version")] = str(self.thing.version)
        self.data = carried


class VersionedForm(CarriesVersion, forms.ModelForm):  # type: ignore[type-arg]
    """The edition of a record; it fills a copy, so that the page still shows what is stored."""

    def __init__(self, *args: Any, thing: Any, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, instance=copy(thing), **kwargs)

    def changes(self) -> dict[str, Any]:
        """Return what is written, with the ends of lines as they are kept: untouched, none differs."""
        kept = (name for name in self._meta.fields or () if name in self.fields)
        return {name: _kept(self.cleaned_data[name]) for name in kept}


def _has_changed(form: forms.BaseForm) -> bool:
    said = (form[name] for name in form.fields if name != "version")
    return any(one.field.has_changed(_kept(one.initial), _kept(one.data)) for one in said)


def _rows_have_changed(rows: forms.BaseFormSet[Any]) -> bool:
    return len(rows.initial or ()) > len(rows.forms) or any(map(_has_changed, rows.forms))


def _kept(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _differs(thing: Any, name: str, value: Any, many: set[str]) -> bool:
    if name in many:
        return {row.pk for row in getattr(thing, name).all()} != {row.pk for row in value}
    return bool(getattr(thing, name) != value)


def _sentence(thing: Any, name: str, writer: Any) -> str:
    if name in thing.PARTS:
        return _("%(who)s a changé « %(what)s ».") % {"who": writer, "what": thing.PARTS[name]}
    facts = {
        "who": writer,
        "what": thing._meta.get_field(name).verbose_name,
        "now": _shown(thing, name),
    }
    return _("%(who)s a changé « %(what)s », qui dit maintenant : %(now)s.") % facts


def _shown(thing: Any, name: str) -> str:
    field = thing._meta.get_field(name)
    if isinstance(field, ManyToManyField):
        value = ", ".join(str(row) for row in getattr(thing, name).all())
    elif field.choices:
        value = getattr(thing, f"get_{name}_display")()
    else:
        value = getattr(thing, name)
    return _("rien") if value in (None, "") else str(value)
