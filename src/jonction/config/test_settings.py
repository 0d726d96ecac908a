"""The same house with quick hashes, mail kept in memory and plain static files."""

import atexit
import os
import shutil
import tempfile

if "JONCTION_DATA_DIR" not in os.environ:
    os.environ["JONCTION_DATA_DIR"] = tempfile.mkdtemp(prefix="jonction-tests-")
    atexit.register(shutil.rmtree, os.environ["JONCTION_DATA_DIR"], ignore_errors=True)

from jonction.config.catalogues import compile_catalogues
from jonction.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # a file, as in real life: threads that share a database in memory are refused, not made to wait
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
else:
    # the database whose tables are made already, when there is one (tools/suite.py)
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("JONCTION_TESTS_MODEL")}  # noqa: F405
# before Django reads them: a clone holds the sources alone
for folder in LOCALE_PATHS:  # noqa: F405
    compile_catalogues(folder)
