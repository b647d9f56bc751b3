"""What several pages of this stage begin with."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404

from frontend.http import Request
from reinforcement.models import Feedback
from sessions.models import ModelSession


class PersonField(forms.ModelChoiceField):
    """A person to choose, by name and school."""

    def label_from_instance(self, person: Any) -> str:
        return f"{person} · {person.school}" if person.school else str(person)


def session_for(request: Request, pk: int) -> ModelSession:
    return get_object_or_404(ModelSession.objects.visible_to(request.user).with_people(), pk=pk)


def feedback_for(request: Request, pk: int) -> Feedback:
    return get_object_or_404(Feedback.objects.visible_to(request.user).with_people(), pk=pk)
