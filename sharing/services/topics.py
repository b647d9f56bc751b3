"""Topics that words name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sharing.models import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_TOPICS = 5
LONGEST_TOPIC = 40


def topics_named(words: Iterable[str]) -> list[Topic]:
    """Return the topics of these names, each made when it is new; to be called in a transaction.

    A name is kept in small letters with single spaces. Raises ValidationError for more than five,
    and for one of more than 40 letters.
    """
    # No rule: a topic is a word alone, and who uses it was asked before.
    names = list(dict.fromkeys(filter(None, map(_as_topic, words))))
    if len(names) > MOST_TOPICS:
        reason = _("Paling banyak %(most)s topik.")
        raise ValidationError({"topics": ValidationError(reason, params={"most": MOST_TOPICS})})
    for name in names:
        if len(name) > LONGEST_TOPIC:
            reason = _("Topik “%(topic)s” terlalu panjang; paling banyak %(most)s huruf.")
            params = {"topic": name, "most": LONGEST_TOPIC}
            raise ValidationError({"topics": ValidationError(reason, params=params)})
    # Of two who make the same one at once, the second waits for the first and uses hers.
    Topic.objects.bulk_create([Topic(name=name) for name in names], ignore_conflicts=True)
    of_name = {topic.name: topic for topic in Topic.objects.filter(name__in=names)}
    return [of_name[name] for name in names]


def _as_topic(word: str) -> str:
    words = " ".join(normalize("NFC", word).lower().split()).lstrip("# ")
    return "".join(letter for letter in words if letter.isprintable())
