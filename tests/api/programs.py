"""Programs that use the API for somebody, and what they are answered."""

from __future__ import annotations

from typing import Any

from rest_framework.test import APIClient

from accounts.models import User


def program_of(user: User) -> APIClient:
    program = APIClient()
    program.force_authenticate(user)
    return program


def ids(answer: Any) -> list[int]:
    return [row["id"] for row in answer.data["results"]]
