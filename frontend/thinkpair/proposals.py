"""Proposed pairs on the page of their thread, and the form that swaps two people."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from frontend.http import Request
from thinkpair import rules
from thinkpair.models import Thread
from thinkpair.queries.arranging import Proposal, proposals_of


class SwapForm(forms.Form):
    """Two people of different pairs who are to change places."""

    one = forms.TypedChoiceField(label=_("Orang pertama"), coerce=int)
    other = forms.TypedChoiceField(label=_("Bertukar tempat dengan"), coerce=int)

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for pair in proposals for person in pair.people}
        words = gettext("Pasangan %(number)s")
        choices: list[Any] = [
            (words % {"number": pair.number}, [(person.pk, str(person)) for person in pair.people])
            for pair in proposals
        ]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", gettext("Pilih nama")), *choices]

    def chosen(self, name: str) -> User:
        return self.people[self.cleaned_data[name]]


def arranging(request: Request, thread: Thread, form: SwapForm | None = None) -> dict[str, Any]:
    """What the board sees of proposed pairs; nothing for others and in other phases."""
    if not rules.may_arrange_pairs(request.user, thread):
        return {}
    proposals = proposals_of(thread)
    return {"proposals": proposals, "swap_form": form or SwapForm(proposals=proposals)}
