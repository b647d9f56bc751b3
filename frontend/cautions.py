"""What speaks against a plan without forbidding it: shown on its form, with one tick to go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from frontend.http import refusals_shown_on
from sessions.conflicts import Caution, PlanNeedsConsent


def ticked_in(sent: QueryDict) -> frozenset[str]:
    """The keys of the warnings that were ticked: one tick holds all that it stands under."""
    return frozenset(" ".join(sent.getlist("despite")).split())


class Cautious(forms.BaseForm):
    """A form of a plan, with the warnings that the planner has yet to consent to."""

    cautions: tuple[Caution, ...] = ()

    @property
    def despite(self) -> frozenset[str]:
        """The keys of the warnings that were ticked: one tick holds all that it stands under."""
        return ticked_in(self.data) if isinstance(self.data, QueryDict) else frozenset()

    @contextmanager
    def refusals_and_warnings_shown(self) -> Iterator[None]:
        """Show what the domain has against the plan, and the warnings that want a tick."""
        with refusals_shown_on(self):
            try:
                yield
            except PlanNeedsConsent as asked:
                self.cautions = asked.cautions
                raise forms.ValidationError(_("Ada yang perlu diperiksa dulu.")) from asked
