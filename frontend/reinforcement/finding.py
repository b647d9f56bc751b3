"""Rows that the pages of this stage begin with."""

from django.shortcuts import get_object_or_404

from frontend.http import Request
from reinforcement.models import Feedback
from sessions.models import ModelSession


def session_for(request: Request, pk: int) -> ModelSession:
    return get_object_or_404(ModelSession.objects.visible_to(request.user).with_people(), pk=pk)


def feedback_for(request: Request, pk: int) -> Feedback:
    return get_object_or_404(Feedback.objects.visible_to(request.user).with_people(), pk=pk)
