from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sharing.library import index_posts, posts_without_words
from sharing.models import Post


class Command(BaseCommand):
    """Has posts found by their words: those that are not yet, or all of them again."""

    help = "Index posts for the search: those that are not indexed yet, with --all every one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="index every post again")

    def handle(self, *args: Any, **options: Any) -> None:
        posts = Post.objects.all() if options["all"] else posts_without_words()
        self.stdout.write(f"{index_posts(posts)} posts indexed.")
