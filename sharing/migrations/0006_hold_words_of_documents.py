"""Where the words of documents are kept, as each database's own text search wants them.

PostgreSQL: `words` is long and mostly read through its index alone, so it is kept out of the line;
the row stays so short that even a word of every third post is found within one reading of few
pages. `fastupdate` is off: what was just written costs the writer, not every reader until the next
vacuum.
"""

from django.db import migrations

POSTGRESQL = (
    """
    ALTER TABLE sharing_document
        ADD COLUMN title tsvector,
        ADD COLUMN head tsvector,
        ADD COLUMN words tsvector
    """,
    "ALTER TABLE sharing_document ALTER COLUMN title SET STORAGE MAIN",
    "ALTER TABLE sharing_document ALTER COLUMN head SET STORAGE MAIN",
    "ALTER TABLE sharing_document ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE sharing_document SET (toast_tuple_target = 128)",
    "CREATE INDEX document_title ON sharing_document USING gin (title) WITH (fastupdate = off)",
    "CREATE INDEX document_head ON sharing_document USING gin (head) WITH (fastupdate = off)",
    "CREATE INDEX document_words ON sharing_document USING gin (words) WITH (fastupdate = off)",
)
POSTGRESQL_BACK = (
    "ALTER TABLE sharing_document DROP COLUMN title, DROP COLUMN head, DROP COLUMN words",
)
SQLITE = (
    """
    CREATE VIRTUAL TABLE sharing_document_words USING fts5 (
        title, head, words, tokenize = "unicode61 remove_diacritics 0", prefix = '3 4'
    )
    """,
)
SQLITE_BACK = ("DROP TABLE sharing_document_words",)


def _by_database(postgresql, sqlite):
    def run(apps, editor):
        statements = postgresql if editor.connection.vendor == "postgresql" else sqlite
        for statement in statements:
            editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_add_search")]

    operations = [
        migrations.RunPython(
            _by_database(POSTGRESQL, SQLITE), _by_database(POSTGRESQL_BACK, SQLITE_BACK)
        )
    ]
