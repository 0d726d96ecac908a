"""What runs outside the request: load by id, call the work."""

from django_tasks import task

from jonction.imports.models import Import
from jonction.imports.work import read_rows, write_rows


@task()
def read_import(pk: int) -> None:
    read_rows(Import.objects.select_related("owner").get(pk=pk))


@task()
def write_import(pk: int) -> None:
    write_rows(Import.objects.select_related("owner").get(pk=pk))
