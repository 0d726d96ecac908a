"""Write the French catalogue: French is the language of the msgids, each is its own translation.

The catalogue exists for its plural rule: without it Django prints « 0 propositions ».
"""

import io
import os
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tools import packages
from tools.house import ROOT, say, speaking

CATALOGUE = ROOT / "locale/fr/LC_MESSAGES/django.po"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Jonction\\n"
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


def main() -> int:
    why = "Relire les phrases des sources demande gettext"
    packages.needed(packages.gettext, "gettext", why)
    wanted = written(extracted())
    if "--check" in sys.argv[1:]:
        return compare(wanted)
    CATALOGUE.write_text(wanted)
    count = wanted.count("\nmsgid ")
    say(f"Le catalogue français est à jour : {count} phrases.")
    return 0


def compare(wanted: str) -> int:
    """Say which sentences of the sources the catalogue lacks, and which it holds for nothing."""
    held = CATALOGUE.read_text()
    if held == wanted:
        return 0
    ours, theirs = (sentences(text) for text in (held, wanted))
    for sentence in sorted(theirs - ours):
        say(f"manque au catalogue : {sentence}")
    for sentence in sorted(ours - theirs):
        say(f"n’est plus dans les sources : {sentence}")
    say("Le catalogue français n’est pas à jour : lancez ./jonction messages")
    return 1


def sentences(text: str) -> set[str]:
    return {str(message.id) for message in read_po(io.StringIO(text)) if message.id}


def extracted() -> Catalog:
    """Read the sentences of the sources as Django does, without touching the catalogue."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jonction.config.test_settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        settings.LOCALE_PATHS = [Path(folder)]
        os.chdir(ROOT / "src/jonction")
        call_command("makemessages", locale=["fr"], no_location=True, verbosity=0)
        with Path(folder, "fr/LC_MESSAGES/django.po").open("rb") as stream:
            return read_po(stream, locale="fr")


def written(catalog: Catalog) -> str:
    """Return the catalogue where every sentence is itself, without what changes at each run."""
    for message in catalog:
        message.string = message.id
        message.flags.discard("fuzzy")
        message.locations = []
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True)
    return HEADER + out.getvalue().decode()


if __name__ == "__main__":
    speaking(main)
