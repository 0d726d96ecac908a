"""What search finds of the places: the official list is public."""

from django.utils.translation import gettext_lazy as _

from jonction.core.search import Source
from jonction.territories.models import Place

SOURCES = [
    Source(
        model=Place,
        kind=_("Territoires"),
        title=lambda place: place.name,
        text=lambda place: place.get_kind_display(),
        visible_to=lambda _person, _today: Place.objects.all(),
    )
]
