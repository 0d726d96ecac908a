"""What a page looks for, in its address and in how it is asked: the rest changes nothing to it."""

import sys

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict

HOW = {"method", "POST", "FILES", "body", "read", "readline", "readlines", "__iter__"}
TEMPLATES = "django.template.base"  # tests/test_rights.py says what theirs look for


class Noted(QueryDict):
    """What an address says, and each name that was sought in it."""

    def __init__(self, *args, **kwargs):
        self.sought: set[str] = set()
        self.walked = False  # whoever goes through it all may look for any name
        super().__init__(*args, **kwargs)
        self.sought.clear()  # filling it is not looking

    def __getitem__(self, name):
        self.sought.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.sought.add(name)
        return super().__contains__(name)

    def getlist(self, name, *default):
        self.sought.add(name)
        return super().getlist(name, *default)

    def __iter__(self):
        self.walked = True
        return super().__iter__()

    def keys(self):
        self.walked = True
        return super().keys()

    def lists(self):
        self.walked = True
        return super().lists()


class NotingMiddleware:
    """Note what is sought in each address, last of all: as the views read it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.GET = Noted(request.META.get("QUERY_STRING", ""), encoding=request.encoding)
        return self.get_response(request)


class Watched(WSGIRequest):
    """A request that notes whether anybody looks at how it is asked, or at what it brings."""

    looked: bool

    def __getattribute__(self, name):
        if name in HOW and sys._getframe(1).f_globals["__name__"] != TEMPLATES:
            self.looked = True
        return super().__getattribute__(name)


class WatchingMiddleware:
    """Watch each request from the view on, last of all: whoever comes before looks for others.

    A view that does not look, neither itself nor its decorators, its forms and its templates, answers
    a POST as it answers a GET: it cannot tell them apart.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.looked = True  # until it comes to the view
        response = self.get_response(request)
        request.__class__ = WSGIRequest
        request.looked |= response.streaming  # what is not written yet may still look
        return response

    def process_view(self, request, view, args, kwargs):
        request.looked = False
        request.__class__ = Watched
