"""What the author and the board of a group can do with a post, as its page offers it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
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
    because = forms.CharField(
        label=_("Alasan mempersempit"),
        help_text=_("Dibaca penulisnya. Tidak perlu untuk melebarkan lagi."),
        max_length=200,
        required=False,
    )


def moderation_of(
    request: Request,
    post: Post,
    withdraw_form: WithdrawForm | None = None,
    audience_form: AudienceForm | None = None,
) -> dict[str, Any]:
    """What the reader may do with the post, with the forms for it."""
    user = request.user
    is_own = post.author_id == user.pk
    may_withdraw = rules.may_withdraw_post(user, post)
    context: dict[str, Any] = {
        "is_own": is_own,
        "may_withdraw": may_withdraw,
        "may_restore": rules.may_restore_post(user, post),
        # Who can take it away has no need to ask for that.
        "may_report": not may_withdraw and rules.may_report_post(user, post),
    }
    if may_withdraw:
        withdraw_form = withdraw_form or WithdrawForm()
        # As the service asks it, so that the field does not say that it may stay empty.
        withdraw_form.fields["withdrawn_because"].required = not is_own
        context["withdraw_form"] = withdraw_form
        allowed = audiences_for(user, post)
        if len(allowed) > 1:
            form = audience_form or AudienceForm(initial={"audience": post.audience})
            form.fields["audience"].choices = allowed  # type: ignore[attr-defined]
            form.fields["because"].required = not post.narrowed_from
            if is_own:
                # Nobody tells oneself why.
                del form.fields["because"]
            context["audience_form"] = form
    return context


def audiences_for(user: User, post: Post) -> list[tuple[str, str]]:
    """The audiences that this person may choose for the post, the present one among them."""
    return [
        (value, str(label))
        for value, label in Post.Audience.choices
        if value == post.audience or rules.may_change_audience(user, post, value)
    ]
