"""Bring the alerts of continuity up to date at each start; the worker does it every night."""

from typing import Any

from django.core.management.base import BaseCommand

from jonction.support.jobs import watch_everything
from jonction.support.models import Alert


class Command(BaseCommand):
    help = "Met à jour les alertes de continuité (le travail de fond le fait chaque nuit)."

    def handle(self, *args: Any, **options: Any) -> None:
        watch_everything.func()
        count = Alert.objects.filter(closed_on=None).count()
        self.stdout.write(f"Alertes ouvertes : {count}.")
