"""Make the house ready to serve, in one start of Django."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jonction.config.catalogues import compile_catalogues
from jonction.core.models import SearchEntry
from jonction.governance.models import Alliance
from jonction.territories.actions import load_places


class Command(BaseCommand):
    help = "Prépare la base, les fichiers et, au besoin, la démonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            compile_catalogues(folder)
        self.migrate()
        call_command("createcachetable", verbosity=0)
        self.collect_static()
        if load_places():
            self.stdout.write("Les régions et les MRC du Québec sont chargées.")
        if not SearchEntry.objects.exists():
            call_command("reindex", stdout=StringIO())
        if settings.JONCTION_DEMO and not Alliance.objects.exists():
            self.stdout.write("Chargement de l’Alliance de démonstration…")
            call_command("load_demo")
        call_command("watch", stdout=StringIO())

    def migrate(self) -> None:
        """Bring the tables up to date; a table made anew has lost what its reader planned by."""
        executor = MigrationExecutor(connection)
        is_late = executor.migration_plan(executor.loader.graph.leaf_nodes())
        call_command("migrate", verbosity=0, interactive=False)
        if is_late:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def collect_static(self) -> None:
        """Collect only when a file is newer than the last collection: a start takes seconds."""
        source = Path(settings.ROOT) / "src"
        newest = max(f.stat().st_mtime for f in source.glob("jonction/*/static/**/*"))
        stamp = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if not stamp.exists() or stamp.stat().st_mtime < newest:
            call_command("collectstatic", verbosity=0, interactive=False)
