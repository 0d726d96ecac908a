"""Bring the alerts of continuity up to date; to run every night, and at each start."""

from typing import Any

from django.core.management.base import BaseCommand

from jonction.support.jobs import watch_everything
from jonction.support.models import Alert


class Command(BaseCommand):
    help = "Met à jour les alertes de continuité (à lancer chaque nuit)."

    def handle(self, *args: Any, **options: Any) -> None:
        watch_everything.func()
        count = Alert.objects.filter(closed_on=None).count()
        self.stdout.write(f"Alertes ouvertes : {count}.")
