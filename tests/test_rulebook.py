from pathlib import Path

from accounts.management.commands.rulebook import rulebook

BOOK = Path(__file__).parent.parent / "docs" / "guide" / "rules.md"


def test_rulebook_is_as_the_rules_are():
    """Else run: python manage.py rulebook > docs/guide/rules.md."""
    assert BOOK.read_text() == rulebook()


def test_rulebook_has_the_rules_of_the_policy():
    text = rulebook()

    for words in (
        "**read observations**: A draft: its observer.",
        "**may plan session**: The group's board.",
        "**read pairs**: The pair and nobody else, coordinators neither; nobody while",
    ):
        assert words in text
