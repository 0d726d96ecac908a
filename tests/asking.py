"""What a page looks for in its address: only these names are worth saying wrongly."""

from django.http import QueryDict


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
