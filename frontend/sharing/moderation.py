"""What the author and the board of a group can do with a post, as its page offers it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.http import Request
from sharing import rules
from sharing.models import Post


class WithdrawForm(forms.Form):
    withdrawn_because = forms.CharField(
        label=_("Alasan menarik"), max_length=300, required=False, widget=forms.Textarea
    )


class AudienceForm(forms.Form):
    audience = forms.ChoiceField(
        label=_("Siapa yang dapat membaca"), choices=Post.Audience, widget=forms.RadioSelect
    )


def moderation_of(
    request: Request,
    post: Post,
    withdraw_form: WithdrawForm | None = None,
    audience_form: AudienceForm | None = None,
) -> dict[str, Any]:
    """What the reader may do with the post, with the forms for it."""
    user = request.user
    may_withdraw = rules.may_withdraw_post(user, post)
    context: dict[str, Any] = {
        "may_withdraw": may_withdraw,
        "may_restore": rules.may_restore_post(user, post),
        # Who can take it away has no need to ask for that.
        "may_report": not may_withdraw and rules.may_report_post(user, post),
    }
    if may_withdraw:
        context["withdraw_form"] = withdraw_form or WithdrawForm()
        allowed = [
            (value, label)
            for value, label in Post.Audience.choices
            if rules.may_change_audience(user, post, value)
        ]
        if allowed:
            form = audience_form or AudienceForm(initial={"audience": post.audience})
            form.fields["audience"].choices = allowed  # type: ignore[attr-defined]
            context["audience_form"] = form
    return context
