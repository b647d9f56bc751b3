from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest  # noqa: TID251 -- Django hands it to every backend

from accounts.identity import normalise_phone
from accounts.models import User


class AnyNameBackend(AuthenticationBackend):
    """Sign in by username, e-mail or phone, and bring the person's school along."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if username := credentials.get("username"):
            credentials["username"] = _username_of(username)
        person: User | None = super().authenticate(request, **credentials)
        return person

    def get_user(self, user_id: int) -> User | None:
        person = User.objects.select_related("school").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None


def _username_of(name: str) -> str:
    """The username of the person with this phone number, else the name as it was typed."""
    try:
        phone = normalise_phone(name)
    except ValidationError:
        return name
    people = User.objects.filter(phone=phone, is_guest=False)
    found = people.values_list("username", flat=True).first()
    return found or name
