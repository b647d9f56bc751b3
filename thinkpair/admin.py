"""Threads and how many pairs they have. Thoughts and talks are not here at all."""

from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from thinkpair.models import Pair, Thread


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    shown = ("title", "group", "author", "phase", "opened_at", "paired_at", "closed_at")
    list_filter = ("phase", "group")


@admin.register(Pair)
class PairAdmin(ReadOnlyAdmin):
    shown = ("thread", "number", "last_said_at")
