"""The words of an Indonesian text without their affixes, to compare what two people wrote."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]{4,}")
_PREFIX = re.compile(
    r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|ber|ter|per|di|se|ke|pe)(?=\w{4})"
)
_SUFFIX = re.compile(r"(?<=\w{3})(?:nya|lah|kah|ku|mu)$")
_ENDING = re.compile(r"(?<=\w{4})(?:kan|an|i)$")
# Words that say nothing about a problem of a class.
_EMPTY = re.compile(
    r"akan|atau|bagi|bahwa|banyak|belum|bila|bisa|dalam|dapat|dari|dengan|guru|hanya|hingga"
    r"|itulah|juga|kalau|kami|karena|kelas|kelompok|kita|lagi|lalu|lebih|masih|maka|mereka|murid"
    r"|oleh|pada|para|pernah|saat|saja|sambil|sampai|sangat|saya|sebelum|sehingga|sekali|selalu"
    r"|seperti|serta|siswa|sudah|supaya|tapi|telah|tentang|ternyata|tetapi|tidak|untuk|yaitu|yang"
)


def stems(text: str) -> frozenset[str]:
    """The stems of the words of four letters and more, in lower case; rough, without a lexicon."""
    words = {word for word in _WORD.findall(text.lower()) if not _EMPTY.fullmatch(word)}
    return frozenset(_ENDING.sub("", _SUFFIX.sub("", _PREFIX.sub("", word))) for word in words)
