"""The pages of governance: Alliances, bodies and seats, organisations."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.editing import edition, typed, written
from jonction.core.lists.answering import show_list
from jonction.governance import actions, lists, queries, rules
from jonction.governance.forms import (
    AllianceForm,
    BodyForm,
    EndForm,
    MembershipForm,
    OpeningForm,
    OrganisationForm,
    SeatForm,
    TerritoryForm,
)
from jonction.governance.models import AllianceTerritory, Body, Organisation
from jonction.governance.pictures import map_of_bodies
from jonction.governance.tracks import tracks_of
from jonction.territories.models import Place
from jonction.ui.downloads import chart_download


def alliance_list(request: HttpRequest) -> HttpResponseBase:
    listing, page = lists.alliances(request), "governance/alliance_list.html"
    return show_list(request, page, listing, name=_("Alliances"), context={})


def alliance_detail(request: HttpRequest, pk: int) -> HttpResponse:
    alliance = get_object_or_404(queries.whole_alliances(), pk=pk)
    person, today = _person(request), localdate()
    can_edit = person and rules.can_edit_alliance(person, alliance, today=today)
    tracks = tracks_of(alliance.bodies.all(), today)
    context = {
        "alliance": alliance,
        "can_edit": can_edit,
        "bodies": [(body, tracks.get(body.pk)) for body in alliance.bodies.all()],
        "map": map_of_bodies(alliance, tracks),
    }
    return render(request, "governance/alliance_detail.html", context)


def alliance_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the map of the territories as a picture or as its data."""
    alliance = get_object_or_404(queries.whole_alliances(), pk=pk)
    chart = map_of_bodies(alliance, tracks_of(alliance.bodies.all(), localdate()))
    return chart_download(chart, request.GET.get("forme", "svg"))


@login_required
def alliance_open(request: PersonRequest) -> HttpResponse:
    form, today = OpeningForm(typed(request)), localdate()

    def save() -> Any:
        return actions.open_alliance(actor=request.user, today=today, **form.facts())

    verdict = rules.can_open_alliance(request.user, today=today)
    title = _("Ouvrir une Alliance")
    return written(request, form, verdict, save, title=title, back="home:platform")


@login_required
def alliance_edit(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = get_object_or_404(queries.whole_alliances(), pk=pk), localdate()
    form = AllianceForm(typed(request), thing=alliance)

    def save() -> Any:
        return actions.edit_alliance(alliance, actor=request.user, today=today, **edition(form))

    verdict = rules.can_edit_alliance(request.user, alliance, today=today)
    return written(request, form, verdict, save, title=_("Modifier l’Alliance"), back=alliance)


@login_required
def territory_create(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = get_object_or_404(queries.whole_alliances(), pk=pk), localdate()
    form = TerritoryForm(typed(request), thing=AllianceTerritory(alliance=alliance))

    def save() -> Any:
        facts = form.changes()
        actions.create_territory(alliance, actor=request.user, today=today, facts=facts)
        return alliance

    verdict = rules.can_create_territory(request.user, alliance, today=today)
    return written(request, form, verdict, save, title=_("Ajouter un territoire"), back=alliance)


@login_required
def territory_edit(request: PersonRequest, pk: int) -> HttpResponse:
    rows = AllianceTerritory.objects.select_related("alliance__region")
    territory, today = get_object_or_404(rows, pk=pk), localdate()
    form = TerritoryForm(typed(request), thing=territory)

    def save() -> Any:
        actions.edit_territory(territory, actor=request.user, today=today, **edition(form))
        return territory.alliance

    verdict = rules.can_edit_territory(request.user, territory, today=today)
    title, back = _("Modifier le territoire"), territory.alliance
    return written(request, form, verdict, save, title=title, back=back)


@login_required
def body_create(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = get_object_or_404(queries.whole_alliances(), pk=pk), localdate()
    form = BodyForm(typed(request), thing=Body(alliance=alliance))

    def save() -> Any:
        facts = form.changes()
        return actions.create_body(alliance, actor=request.user, today=today, facts=facts)

    verdict = rules.can_create_body(request.user, alliance, today=today)
    return written(request, form, verdict, save, title=_("Ajouter une instance"), back=alliance)


def body_detail(request: HttpRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(queries.public_bodies(), pk=pk)
    person, today = _person(request), localdate()
    context = {
        "body": body,
        "today": today,
        "track": tracks_of([body], today).get(body.pk),
        "seats": queries.seats_visible_to(person, body, today),
        "counts": queries.seat_counts(body, today),
        "can_edit": person and rules.can_edit_body(person, body, today=today),
        "can_give": person and rules.can_give_seat(person, body, today=today),
    }
    return render(request, "governance/body_detail.html", context)


@login_required
def body_edit(request: PersonRequest, pk: int) -> HttpResponse:
    body, today = get_object_or_404(queries.public_bodies(), pk=pk), localdate()
    form = BodyForm(typed(request), thing=body)

    def save() -> Any:
        return actions.edit_body(body, actor=request.user, today=today, **edition(form))

    verdict = rules.can_edit_body(request.user, body, today=today)
    return written(request, form, verdict, save, title=_("Modifier l’instance"), back=body)


@login_required
def seat_give(request: PersonRequest, pk: int) -> HttpResponse:
    """Search first, in the address; then give the seat to somebody found or to a new name."""
    body, today = get_object_or_404(queries.public_bodies(), pk=pk), localdate()
    sought = request.GET.get("q", "")[:150]
    people = queries.people_matching(sought, body.alliance)
    form = SeatForm(typed(request), people=people, initial={"starts_on": today})

    def save() -> Any:
        actions.give_seat(body, actor=request.user, today=today, **form.cleaned_data)
        return body

    verdict = rules.can_give_seat(request.user, body, today=today)
    return written(
        request,
        form,
        verdict,
        save,
        title=_("Donner un siège"),
        back=body,
        template="governance/seat_give.html",
        extra={
            "sought": sought,
            "found": people[:20],
            "is_too_short": len(sought.strip()) < queries.ENOUGH_LETTERS,
        },
    )


@login_required
def seat_end(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    seat = get_object_or_404(queries.seats_endable_by(request.user, today), pk=pk)
    form = EndForm(typed(request), initial={"on": today})

    def save() -> Any:
        actions.end_seat(seat, actor=request.user, today=today, **form.cleaned_data)
        return seat.body

    verdict = rules.can_end_seat(request.user, seat, today=today)
    title = _("Mettre fin au siège de %(person)s") % {"person": seat.person}
    return written(request, form, verdict, save, title=title, back=seat.body)


@login_required
def organisation_list(request: PersonRequest) -> HttpResponseBase:
    can_create = rules.can_create_organisation(request.user, today=localdate())
    listing = lists.organisations(request, queries.organisations())
    page = "governance/organisation_list.html"
    context = {"can_create": can_create}
    return show_list(request, page, listing, name=_("organismes"), context=context)


@login_required
def organisation_create(request: PersonRequest) -> HttpResponse:
    today = localdate()
    form = OrganisationForm(typed(request), thing=Organisation())

    def save() -> Any:
        return actions.create_organisation(actor=request.user, today=today, facts=form.changes())

    verdict = rules.can_create_organisation(request.user, today=today)
    title, back = _("Inscrire un organisme"), "governance:organisation_list"
    return written(request, form, verdict, save, title=title, back=back)


@login_required
def organisation_detail(request: PersonRequest, pk: int) -> HttpResponse:
    organisation, today = _organisation(pk), localdate()
    person = request.user
    context = {
        "organisation": organisation,
        "today": today,
        "memberships": queries.memberships_visible_to(person, organisation, today),
        "can_edit": rules.can_edit_organisation(person, organisation, today=today),
        "can_give": rules.can_give_membership(person, organisation, today=today),
    }
    return render(request, "governance/organisation_detail.html", context)


@login_required
def organisation_edit(request: PersonRequest, pk: int) -> HttpResponse:
    organisation, today = _organisation(pk), localdate()
    form = OrganisationForm(typed(request), thing=organisation)

    def save() -> Any:
        facts = edition(form)
        return actions.edit_organisation(organisation, actor=request.user, today=today, **facts)

    verdict = rules.can_edit_organisation(request.user, organisation, today=today)
    title = _("Modifier l’organisme")
    return written(request, form, verdict, save, title=title, back=organisation)


@login_required
def membership_give(request: PersonRequest, pk: int) -> HttpResponse:
    organisation, today = _organisation(pk), localdate()
    form = MembershipForm(typed(request), initial={"starts_on": today})

    def save() -> Any:
        facts = {
            name: form.cleaned_data[name] for name in ("person", "role", "starts_on", "ends_on")
        }
        actions.give_membership(organisation, actor=request.user, today=today, **facts)
        return organisation

    verdict = rules.can_give_membership(request.user, organisation, today=today)
    title = _("Donner un accès")
    return written(request, form, verdict, save, title=title, back=organisation)


@login_required
def membership_end(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    membership = get_object_or_404(queries.memberships_endable_by(request.user, today), pk=pk)
    form = EndForm(typed(request), initial={"on": today})

    def save() -> Any:
        actions.end_membership(membership, actor=request.user, today=today, **form.cleaned_data)
        return membership.organisation

    verdict = rules.can_end_membership(request.user, membership, today=today)
    title = _("Mettre fin à l’accès de %(person)s") % {"person": membership.person}
    return written(request, form, verdict, save, title=title, back=membership.organisation)


def place_detail(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Place, code=code)
    return render(request, "governance/place_detail.html", queries.around(place))


def _organisation(pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("place"), pk=pk)


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None
