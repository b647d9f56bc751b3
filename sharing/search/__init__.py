"""Finding rows by their words, on PostgreSQL and on SQLite alike.

Another kind of row becomes findable in three steps: a kind in `Document.Kind`; `index` with what
can be found of it, called by the services that change its words; and
`search(Row.objects.visible_to(user), kind, ask(words))`. Who may see what stays with `visible_to`:
the words only narrow the rows that are given.

Ranked by where all the words stand: in the title, then in the head (title, topics, names), then
anywhere; the newest first within each. Why it is so is in docs/adr/0017.
"""

from sharing.search.asking import Query, Term, ask, marks
from sharing.search.counting import Tally
from sharing.search.finding import Hits, Place, count, having, search
from sharing.search.indexing import Entry, forget_names, index

__all__ = [
    "Entry",
    "Hits",
    "Place",
    "Query",
    "Tally",
    "Term",
    "ask",
    "count",
    "forget_names",
    "having",
    "index",
    "marks",
    "search",
]
