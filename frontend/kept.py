"""Parts of pages that are kept until something happens on the platform; see ADR 0006."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b
from typing import cast

from django.core.cache import cache
from django.utils.translation import get_language

from accounts.models import User
from accounts.rules import is_district_officer, led_schools, supervised_schools
from activity.queries import stamp
from groups.rules import seats

# What depends on the time alone, e.g. that the lesson has begun, may be that old.
KEPT_FOR = timedelta(seconds=60)


def kept[Part](user: User, name: str, make: Callable[[], Part]) -> Part:
    """What `make` gives for this person, made anew after anything happened on the platform.

    Every change writes a line of the activity log in its own transaction. What a person may read
    follows from that and from offices, which end by their date without a word, so they are asked.
    """
    offices = [(seat.group_id, seat.role) for seat in seats(user)]
    schools = sorted(supervised_schools(user)), sorted(led_schools(user)), is_district_officer(user)
    reader = (get_language(), user.time_zone, user.full_name, user.school_id)
    digest = blake2b(repr((reader, offices, schools, stamp())).encode(), digest_size=12).hexdigest()
    key = f"{name}:{user.pk}:{digest}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_FOR.total_seconds())
    return cast("Part", found)
