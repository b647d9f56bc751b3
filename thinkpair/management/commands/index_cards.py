from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from thinkpair.models import Card
from thinkpair.words import cards_without_words, index_cards


class Command(BaseCommand):
    """Has shared cards found by their words: those that are not yet, or all of them again."""

    help = "Index cards for the search: those that are not indexed yet, with --all every one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="index every card again")

    def handle(self, *args: Any, **options: Any) -> None:
        cards = Card.objects.all() if options["all"] else cards_without_words()
        self.stdout.write(f"{index_cards(cards)} cards indexed.")
