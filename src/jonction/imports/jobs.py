"""What runs outside the request: load by id, call the work."""

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from jonction.accounts.language import spoken_to
from jonction.imports.models import Import
from jonction.imports.work import at_work, free_interrupted, index_written, read_rows, write_rows


@task()
def read_import(pk: int) -> None:
    with at_work():
        asked = Import.objects.select_related("owner").get(pk=pk)
        with spoken_to(asked.owner):
            read_rows(asked)


@task()
def write_import(pk: int) -> None:
    with at_work():
        asked = Import.objects.select_related("owner").get(pk=pk)
        with spoken_to(asked.owner):
            write_rows(asked)


@task()
def index_import(pk: int) -> None:
    index_written(Import.objects.get(pk=pk))


def free_imports() -> None:
    """Give back the imports that a worker left half-way; the worker asks whenever it has nothing."""
    if not Import.objects.filter(status__in=Import.BUSY).exists():
        return
    paths = [job.module_path for job in (read_import, write_import)]
    waiting = DBTaskResult.objects.filter(task_path__in=paths, status=TaskResultStatus.READY)
    free_interrupted({job.args_kwargs["args"][0] for job in waiting})
