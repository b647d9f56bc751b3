"""The message catalogues, by Babel alone: no gettext of the system is needed.

    messages.py extract    bring locale/*/LC_MESSAGES/django.po up to date with code and templates
    messages.py compile    make the .mo files that are missing or older than their .po
    messages.py check      print what is missing or wrong in the catalogues, exit 1 if anything is

Words in code and templates are Indonesian. So the Indonesian catalogue says each as it is and is
filled here; the English one is translated by hand.
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LANGUAGE = "id"
LANGUAGES = (SOURCE_LANGUAGE, "en")
NOT_FOR_PEOPLE = {
    *("bench", "data", "dev", "docs", "migrations", "node_modules", "scripts", "static", "tests"),
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    # Of modules whose `_` is the lazy one.
    "translated": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
# What templatize() makes of a tag: a call whose first arguments are strings.
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*((?:{STRING}\s*,?\s*)+)")


def update_catalogues() -> None:
    """Bring every .po file up to date; words that nobody says any more are dropped."""
    for language in LANGUAGES:
        path = _po(language)
        catalogue = _read(path, language) if path.exists() else _new(language)
        # Read anew for each: Babel hands on the very messages, which the first language fills.
        catalogue.update(extracted(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if language == SOURCE_LANGUAGE:
            for message in _messages(catalogue):
                message.string = (message.id[1],) if message.pluralizable else message.id
        _write(catalogue, path)


def compile_catalogues() -> None:
    """Make every .mo file that is missing or older than its .po file."""
    for po in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with mo.open("wb") as file:
                write_mo(file, _read(po, po.parent.parent.name))


def problems() -> Iterator[str]:
    """What keeps a person from reading every sentence in every language, one line each."""
    found = {_key(message) for message in _messages(extracted())}
    for language in LANGUAGES:
        catalogue = _read(_po(language), language)
        known = {_key(message): message for message in _messages(catalogue)}
        yield from (f"{language}: not extracted: {key[1]!r}" for key in sorted(found - set(known)))
        yield from (f"{language}: said nowhere: {key[1]!r}" for key in sorted(set(known) - found))
        for message in known.values():
            if message.fuzzy or not all(_texts(message.string)):
                yield f"{language}: not translated: {_texts(message.id)[0]!r}"
            elif not _keeps_placeholders(message):
                yield f"{language}: other placeholders: {_texts(message.id)[0]!r}"


def extracted() -> Catalog:
    """Every message that code and templates say."""
    catalogue = Catalog(project="Smart MGMP")
    for path in _sources():
        name = path.relative_to(ROOT).as_posix()
        found = _in_python(path) if path.suffix == ".py" else _in_template(path)
        for text, context in found:
            catalogue.add(text, locations=[(name, 0)], context=context)
    return catalogue


# --- reading code and templates -----------------------------------------------------------------


def _sources() -> Iterator[Path]:
    for pattern in ("*/**/*.py", "*/templates/**/*.html", "*/templates/**/*.txt"):
        for path in sorted(ROOT.glob(pattern)):
            parts = path.relative_to(ROOT).parts
            if not NOT_FOR_PEOPLE & set(parts) and not any(part.startswith(".") for part in parts):
                yield path


type Found = Iterator[tuple[str | tuple[str, ...], str | None]]


def _in_python(path: Path) -> Found:
    with path.open("rb") as file:
        for _, text, _, context in extract("python", file, KEYWORDS):
            yield text, context


def _in_template(path: Path) -> Found:
    for function, arguments in CALL.findall(templatize(path.read_text())):
        line = f"{function}({arguments.rstrip().rstrip(',')})"
        for _, text, _, context in extract("python", io.BytesIO(line.encode()), KEYWORDS):
            yield text, context


# --- catalogues ---------------------------------------------------------------------------------


def _po(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def _new(language: str) -> Catalog:
    catalogue = Catalog(language, project="Smart MGMP", version="1", fuzzy=False)
    if language == SOURCE_LANGUAGE:
        # Babel does not know that Indonesian has one form for one and for many.
        catalogue.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    return catalogue


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _write(catalogue: Catalog, path: Path) -> None:
    catalogue.header_comment = "# Made by scripts/messages.py."
    # A date would make every run a change.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 24, tzinfo=UTC)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, include_lineno=False, width=100)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _texts(message.id)[0]


def _texts(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _keeps_placeholders(message: Message) -> bool:
    said = {_placeholders(text) for text in _texts(message.id)}
    return all(_placeholders(text) in said for text in _texts(message.string))


def _placeholders(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(PLACEHOLDER.findall(text)).items()))


def main(arguments: list[str]) -> int:
    """Do what the one argument says."""
    match arguments:
        case ["extract"]:
            update_catalogues()
        case ["compile"]:
            compile_catalogues()
        case ["check"]:
            found = list(problems())
            print("\n".join(found) or "The catalogues are complete.")
            return int(bool(found))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
