"""The door of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jonction.config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - reads every page now, not while somebody waits
# what is loaded stays: no collection looks at it again, and young objects die by themselves
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
