"""The pages of the processes, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from jonction.cycle import queries


def process_list(request: HttpRequest) -> HttpResponse:
    context = {"processes": queries.public_processes(), "today": localdate()}
    return render(request, "cycle/process_list.html", context)


def process_detail(request: HttpRequest, pk: int) -> HttpResponse:
    process = get_object_or_404(queries.public_processes(), pk=pk)
    return render(request, "cycle/process_detail.html", {"process": process, "today": localdate()})
