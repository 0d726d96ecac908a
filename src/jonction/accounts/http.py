"""The type of the request that the views of an area receive."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from jonction.accounts.models import Person


class PersonRequest(HttpRequest):
    """The request of somebody who has signed in."""

    user: Person
    htmx: HtmxDetails
