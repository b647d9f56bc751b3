from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule

from accounts.access import rule

HEAD = """# Who may read and do what

Made by `python manage.py rulebook > docs/guide/rules.md` from the rules themselves: the words below
stand in `<app>/rules.py`, above the code that asks them. Whatever is not allowed says why.
"""


class Command(BaseCommand):
    requires_system_checks = []
    help = "Print who may do what, in the words of the rules themselves."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(rulebook(), ending="")


def rulebook() -> str:
    """Every rule of every app, as Markdown."""
    chapters = (_chapter(app.name) for app in apps.get_app_configs() if _has_rules(app.module))
    return HEAD + "".join(chapter for chapter in chapters if chapter)


def _has_rules(module: object) -> bool:
    return module_has_submodule(module, "rules")


def _chapter(app: str) -> str:
    lines = list(_lines(app))
    return "\n".join([f"\n## {app}", "", *lines, ""]) if lines else ""


def _lines(app: str) -> Iterator[str]:
    module = import_module(f"{app}.rules")
    for name, member in vars(module).items():
        # A package of rules brings them together from its modules.
        is_reading = name.startswith("visible_") and member.__module__.startswith(module.__name__)
        is_own_rule = isinstance(member, rule) and (
            member.reasons_against.__module__.startswith(module.__name__)
        )
        if is_reading or is_own_rule:
            words = name.removeprefix("visible_").removeprefix("may_").replace("_", " ")
            verb = "read" if is_reading else "may"
            text = " ".join((getdoc(member) or "").split())
            yield f"- **{verb} {words}**: {text}"
