"""Write the catalogues: in French, the language of the msgids, each sentence is its own translation,
with its spaces as they are printed; in English, what was translated stays, and what is new waits
for its words.

The French one exists for its plural rule, without which Django prints « 0 propositions », and for
what no line may break: sources are typed with the spaces of a keyboard.
"""

import io
import os
import re
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools import packages
from tools.house import ROOT, say, speaking

FOLDER = ROOT / "locale"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Jonction\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=({plural});\\n"

"""
HOLE = re.compile(r"%\(|%[sd]|%%")
NO_BREAK = "\u00a0"
# before a sign or a unit, after « n° », within the quotation marks and within a time
UNIT = r"(?:h|j|min|km|o|ko|Mo|\$|%%?(?![(sd]))(?:\W|$)"
BOUND = re.compile(
    rf" (?=[:;?!»])|(?<=«) |(?<=n°) |(?:(?<=[\d}}])|(?<=\)s)) (?={UNIT})|(?<=\d h) (?=\d)"
)
Sentence = str | tuple[str, ...] | list[str]
PLURALS = {"fr": "n > 1", "en": "n != 1"}


def main() -> int:
    why = "Relire les phrases des sources demande gettext"
    packages.needed(packages.gettext, "gettext", why)
    wanted = {code: written(code, extracted(), held(code)) for code in PLURALS}
    if "--check" in sys.argv[1:]:
        return max(compare(code, text) for code, text in wanted.items())
    for code, text in wanted.items():
        file_of(code).parent.mkdir(parents=True, exist_ok=True)
        file_of(code).write_text(text)
    say(f"Les catalogues sont à jour : {len(sentences(wanted['fr']))} phrases.")
    if lacking := untranslated(wanted["en"]):
        say(f"{len(lacking)} attendent leur traduction anglaise, dans {file_of('en')}.")
    return 0


def file_of(code: str) -> Path:
    return FOLDER / code / "LC_MESSAGES/django.po"


def held(code: str) -> Catalog:
    """Return the catalogue as it stands, or an empty one."""
    if not file_of(code).exists():
        return Catalog()
    return read_po(io.StringIO(file_of(code).read_text()))


def compare(code: str, wanted: str) -> int:
    """Say which sentences of the sources a catalogue lacks, and which it holds for nothing."""
    text = file_of(code).read_text() if file_of(code).exists() else ""
    lacking = untranslated(wanted)
    if text == wanted and not lacking:
        return 0
    ours, theirs = sentences(text), sentences(wanted)
    for sentence in sorted(theirs - ours):
        say(f"manque au catalogue ({code}) : {sentence}")
    for sentence in sorted(ours - theirs):
        say(f"n’est plus dans les sources ({code}) : {sentence}")
    for sentence in lacking:
        say(f"n’est pas traduite ({code}) : {sentence}")
    say(f"Le catalogue « {code} » n’est pas à jour : lancez ./jonction messages")
    return 1


def sentences(text: str) -> set[str]:
    return {str(message.id) for message in read_po(io.StringIO(text)) if message.id}


def untranslated(text: str) -> list[str]:
    """Return the sentences of a catalogue that say nothing, in one form or in both."""
    messages = [message for message in read_po(io.StringIO(text)) if message.id]
    return [str(m.id) for m in messages if not all(forms_of(m))]


def forms_of(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


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


def written(code: str, catalog: Catalog, held: Catalog) -> str:
    """Return the catalogue without what changes at each run: in French every sentence is itself,
    elsewhere it is what was already held, or nothing yet."""
    for message in catalog:
        known = held.get(message.id, message.context)
        # a sentence that counts since is another one: its single form says nothing of both
        is_same = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
        said = known.string if known and is_same and not known.fuzzy else None
        message.string = printed(message.id) if code == "fr" else said or nothing(message)
        message.flags.discard("fuzzy")
        if not HOLE.search(str(message.id)):  # babel takes « 12 % de » for a placeholder
            message.flags.discard("python-format")
        message.locations = []
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True)
    return HEADER.format(code=code, plural=PLURALS[code]) + out.getvalue().decode()


def printed(sentence: Sentence) -> str | tuple[str, ...]:
    """Return a sentence with the spaces that no line may break."""
    if isinstance(sentence, str):
        return BOUND.sub(NO_BREAK, sentence)
    return tuple(BOUND.sub(NO_BREAK, form) for form in sentence)


def nothing(message: Message) -> str | tuple[str, str]:
    return ("", "") if isinstance(message.id, tuple) else ""


if __name__ == "__main__":
    speaking(main)
