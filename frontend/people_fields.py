"""People in a form: by their name with their school."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return name_and_school(person)


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return name_and_school(person)


def name_and_school(person: User) -> str:
    return f"{person} · {person.school}" if person.school else str(person)


def by_words(people: Iterable[User]) -> dict[str, User]:
    """People by their name, and by their name with their school, as a row of an agenda says it."""
    found = list(people)
    by_name = {str(person): person for person in found}
    return by_name | {name_and_school(person): person for person in found}
