"""How long a phase still lasts in a meeting, where each has some minutes."""

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.http import Request
from frontend.thinkpair.finding import thread_for
from thinkpair.models import Thread


@dataclass(frozen=True)
class PhaseClock:
    """Seconds left of a phase, and how a clock shows them: 2:52."""

    left: int

    @property
    def face(self) -> str:
        return f"{self.left // 60}:{self.left % 60:02}"


def clock_of(thread: Thread) -> PhaseClock | None:
    """What is left of the phase of now; None where phases last days, or none runs."""
    if not thread.is_in_meeting or thread.phase_ends_at is None:
        return None
    seconds = (thread.phase_ends_at - timezone.now()).total_seconds()
    return PhaseClock(max(0, round(seconds)))


@require_safe
def thread_clock(request: Request, pk: int) -> HttpResponse:
    """Say which phase runs and how many seconds are left: an open page asks, and moves on with it.

    A difference and no hour, because phones are often minutes off.
    """
    thread = thread_for(request, pk)
    clock = clock_of(thread)
    answer = JsonResponse({"phase": thread.phase, "left": clock.left if clock else None})
    answer["Cache-Control"] = "private, no-store"
    return answer
