"""Indonesian words: cut out of a text, led back to their root, compared, and shown where found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST = 40
# Words before and after the first one that was found.
BEFORE, AFTER = 5, 22
# Of a long text only so many letters are looked through for an excerpt.
LOOKED_THROUGH = 8000

# As people type an apostrophe: straight, grave, curled either way, or the letter of that shape.
_APOSTROPHE = re.compile("['`\u2018\u2019\u02bc]")
_WORD = re.compile(rf"[^\W_]+(?:{_APOSTROPHE.pattern}[^\W_]+)*")
# Beginnings before a vowel, and the letters that they swallow.
_SWALLOWED = (
    *(("meny", "s"), ("peny", "s"), ("meng", "k"), ("peng", "k")),
    *(("men", "tn"), ("pen", "tn"), ("mem", "pm"), ("pem", "pm")),
)
SHORTEST_REST = 3
# Roots whose end looks like the suffix “nya”.
_IN_NYA = re.compile(r".+(tanya|punya)")
_stemmer = snowballstemmer.stemmer("indonesian")


def words_of(text: str) -> list[str]:
    """The words of a text, small and without accents: “Jum’at, buku-buku” is jumat, buku, buku."""
    return [_plain(found.group()) for found in _WORD.finditer(text)]


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", word).lower())
    return "".join(each for each in letters if each.isalnum())[:LONGEST]


@lru_cache(maxsize=50_000)
def forms_of(word: str) -> tuple[str, ...]:
    """The word, and what it may be of: “menulis” is of “tulis”, “menyapu” of “sapu”.

    The stemmer takes off “men” and leaves “ulis”, since it has no dictionary to know better by. So
    it leaves “berta” of “bertanya”, too.
    """
    if found := _IN_NYA.fullmatch(word):
        return (word, found[1])
    for beginning, letters in _SWALLOWED:
        rest = word.removeprefix(beginning)
        if rest != word and len(rest) >= SHORTEST_REST and rest[0] in "aiueo":
            return (word, *(letter + rest for letter in letters))
    return (word,)


@lru_cache(maxsize=50_000)
def root_of(word: str) -> str:
    """The word without its affixes: “pengajaran” and “mengajar” are both “ajar”."""
    root: str = _stemmer.stemWord(word)
    return root


def pieces_of(word: str) -> set[str]:
    """Its letters by threes, and with “_” for what is before and after."""
    padded = f"__{word}_"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def distance(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong or swapped in one word for the other."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, theirs in enumerate(other, 1):
            least = min(row[j - 1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


class Found:
    """The words that were asked for, as they can stand in a text."""

    def __init__(self, words: Iterable[str], beginning: str = "") -> None:
        self.words = frozenset(words)
        self.roots = frozenset(root_of(form) for word in self.words for form in forms_of(word))
        self.beginning = beginning
        # The texts of a page say the same words again and again.
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Whether this word of a text is one of those that were asked for."""
        if word not in self._known:
            self._known[word] = self._is_asked(_plain(word))
        return self._known[word]

    def _is_asked(self, plain: str) -> bool:
        return (
            plain in self.words
            or any(root_of(form) in self.roots for form in forms_of(plain))
            or bool(self.beginning and plain.startswith(self.beginning))
        )


def excerpt(texts: Iterable[str], found: Found) -> SafeString:
    """A piece of the first text in which one of the words stands, each of them in <mark>.

    Where none does, the beginning of the first text. The texts are plain, not HTML; everything
    is escaped before the marks are put in.
    """
    beginning = ""
    for text in texts:
        looked = text[:LOOKED_THROUGH]
        beginning = beginning or looked
        spans = [match.span() for match in _WORD.finditer(looked)]
        first = next((n for n, (a, b) in enumerate(spans) if found.has(looked[a:b])), None)
        if first is not None:
            return _marked(looked, spans, max(0, first - BEFORE), first + AFTER, found)
    spans = [match.span() for match in _WORD.finditer(beginning)]
    return _marked(beginning, spans, 0, BEFORE + AFTER, found)


def _marked(
    text: str, spans: list[tuple[int, int]], first: int, last: int, found: Found
) -> SafeString:
    if not spans:
        return SafeString("")
    shown = spans[first:last]
    start = 0 if first == 0 else shown[0][0]
    end = shown[-1][1] if last < len(spans) else len(text)
    parts = "".join(_parts(text[start:end], start, shown, text, found))
    whole = " ".join(parts.split())
    before, after = "… " if start else "", " …" if end < len(text) else ""
    # Each part was escaped.
    return mark_safe(f"{before}{whole}{after}")


def _parts(
    cut: str, start: int, shown: list[tuple[int, int]], text: str, found: Found
) -> Iterator[str]:
    at = start
    for begin, end in shown:
        yield escape(text[at:begin])
        word = escape(text[begin:end])
        yield f"<mark>{word}</mark>" if found.has(text[begin:end]) else word
        at = end
    yield escape(text[at : start + len(cut)])
