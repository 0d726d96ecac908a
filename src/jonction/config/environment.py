"""The values read from the environment, each with a type and one clear sentence when it is wrong."""

import errno
import fcntl
import os
import re
import secrets
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:]+\]")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MAIL_SCHEMES = {
    "smtp": (25, False, False),
    "smtp+tls": (587, True, False),
    "smtps": (465, False, True),
}


def folder(path: Path) -> Path:
    """Return a folder where we write, made when it is missing."""
    path.mkdir(parents=True, exist_ok=True)
    if not os.access(path, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return path


def hosts(said: str) -> list[str]:
    """Return the names under which the site may be opened, as bare names of machines."""
    names = [name.strip() for name in said.split(",") if name.strip()]
    wrong = next((name for name in names if not HOST.fullmatch(name)), "")
    if wrong or not names:
        raise ImproperlyConfigured(
            f"JONCTION_HOSTS vaut « {wrong or said} » : écrivez des noms de machines séparés par "
            "des virgules, sans https:// ni port, par exemple jonction.exemple.org,localhost."
        )
    return names


def storage(url: str, default: Path) -> Path:
    """Return the folder of the files that people give (file:///chemin/du/dossier)."""
    parts = urlsplit(url)
    if url and (parts.scheme != "file" or parts.netloc or not parts.path.startswith("/")):
        raise ImproperlyConfigured(
            f"JONCTION_STORAGE_URL vaut « {url} » : dites le dossier où garder les fichiers "
            "déposés, par exemple file:///srv/jonction/fichiers."
        )
    return folder(Path(unquote(parts.path))) if url else default


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name} vaut « {value} » : écrivez 1 (oui) ou 0 (non).")
    return default if value == "" else value == "1"


def secret_key(file: Path) -> str:
    """Read the key that signs sessions; write one, for its owner alone, when there is none yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    key = _said_by(file) or _written_in(file)
    if not key:
        raise ImproperlyConfigured(
            f"La clé secrète ({file}, JONCTION_SECRET_KEY_FILE) est vide : donnez un autre fichier."
        )
    return key


def _said_by(file: Path) -> str:
    return file.read_bytes().decode(errors="replace").strip() if file.exists() else ""


def _written_in(file: Path) -> str:
    """Write a key unless somebody who starts at the same moment just did; return what is there."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        if not stream.read():
            stream.write(secrets.token_urlsafe(50))
    return _said_by(file)


def database(url: str) -> dict[str, Any]:
    """Return the Django settings of the database at `url` (sqlite:// or postgres://)."""
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "JONCTION_DATABASE_URL n’est pas une adresse de base de données : écrivez "
            "sqlite:////chemin/fichier.sqlite3 ou postgres://personne:secret@machine/base."
        ) from error
    if settings["ENGINE"].endswith("sqlite3"):
        if settings["NAME"] in ("", ":memory:"):
            raise ImproperlyConfigured(
                "JONCTION_DATABASE_URL doit nommer le fichier de la base, par exemple "
                "sqlite:////srv/jonction/jonction.sqlite3."
            )
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # 5 s lost one write in two thousand under load
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        settings["CONN_MAX_AGE"] = 60  # opening costs a millisecond, and forgets the pages read
    elif settings["ENGINE"].endswith("postgresql"):
        # who may read is asked over ten joined tables: looking for their best order takes longer
        # than reading them in the one that was written; and a plan is kept from one page to the next
        settings["OPTIONS"] = {
            "options": "-c jit=off -c join_collapse_limit=4",
            "server_side_binding": True,
            "prepare_threshold": 3,
        }
        settings["CONN_MAX_AGE"] = 60
    else:
        raise ImproperlyConfigured(
            "JONCTION_DATABASE_URL doit désigner une base SQLite ou PostgreSQL."
        )
    return settings


def address(said: str, hosts: list[str], port: str) -> str:
    """Return the address of the site as mails give it: the one said, or that of the first host."""
    if said:
        parts = urlsplit(said)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ImproperlyConfigured(
                "JONCTION_ADDRESS est l’adresse que les gens ouvrent : écrivez par exemple "
                "https://jonction.exemple.org/."
            )
        return said.rstrip("/") + "/"
    host = next((h for h in hosts if h and h[0] not in ".*" and h not in LOOPBACK), "")
    return f"https://{host}/" if host else f"http://127.0.0.1:{port}/"


def mail(url: str) -> dict[str, Any]:
    """Return the Django mail settings for console:, smtp://, smtp+tls:// or smtps://."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "jonction.core.console.EmailBackend"}
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname or not _has_right_port(parts):
        raise ImproperlyConfigured(
            "JONCTION_EMAIL_URL doit commencer par console:, smtp://, smtp+tls:// ou smtps://, "
            "suivi d’une machine et, au besoin, d’un port."
        )
    port, tls, ssl = MAIL_SCHEMES[parts.scheme]
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
        "EMAIL_TIMEOUT": 20,
    }


def _has_right_port(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def sender(url: str, site: str) -> str:
    """Return who writes the mails: what `?from=` of the mail settings says, else the site itself."""
    said = parse_qs(urlsplit(url).query).get("from", [""])[-1]
    if not said:
        host = urlsplit(site).hostname or ""
        return f"Jonction <jonction@{host if host[-1:].isalpha() else 'localhost'}>"
    name, where = parseaddr(said)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", where):
        raise ImproperlyConfigured(
            "JONCTION_EMAIL_URL dit après « from= » qui écrit les courriels : donnez une adresse, "
            "par exemple smtp+tls://machine/?from=jonction@exemple.org."
        )
    return formataddr((name or "Jonction", where))
