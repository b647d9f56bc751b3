"""What is answered to a post, as its page shows it to one reader."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch
from django.utils.translation import gettext_lazy

from accounts.access import Verdict
from accounts.models import User
from frontend.http import Request, Submitted
from frontend.paging import Page, page_of
from sharing import rules
from sharing.models import Comment, Post

COMMENTS_ON_A_PAGE = 20
# How many answers stand beneath an answer before the page of the whole conversation.
ANSWERS_SHOWN = 2


class CommentForm(Submitted, forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"body": gettext_lazy("Sebut rekan dengan @nama-pengguna.")}


@dataclass(frozen=True)
class Said:
    """One answer with what this reader may do to it, and the first answers beneath."""

    comment: Comment
    may_answer: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_report: bool = False
    answers: list["Said"] = field(default_factory=list)
    answer_count: int = 0

    @property
    def was_deleted_by_author(self) -> bool:
        return self.comment.deleted_by_id == self.comment.author_id

    @property
    def is_long(self) -> bool:
        """Whether there are more answers than are shown."""
        return self.answer_count > len(self.answers)


@dataclass(frozen=True)
class Talk:
    """A page of answers, and the form to write one."""

    page: Page[Comment]
    said: list[Said]
    form: CommentForm
    may_comment: Verdict | None


def talk_about(request: Request, post: Post, *, form: CommentForm | None = None) -> dict[str, Any]:
    """The answers to a post, newest first, each with its first answers: three queries."""
    first_answers = Comment.objects.visible_to(request.user).with_author().order_by("pk")
    answers = Prefetch("answers", first_answers[:ANSWERS_SHOWN], to_attr="first_answers")
    visible = Comment.objects.visible_to(request.user).filter(post=post)
    comments = visible.with_author().first_ones().annotate(answer_count=Count("answers"))
    page = page_of(comments.prefetch_related(answers), request, size=COMMENTS_ON_A_PAGE)
    said = []
    for comment in page.items:
        below = [said_to(request.user, answer, post) for answer in comment.first_answers]  # type: ignore[attr-defined]
        count = comment.answer_count  # type: ignore[attr-defined]
        said.append(said_to(request.user, comment, post, below, count))
    return {"talk": talk(request, post, page, said, form)}


def talk(
    request: Request,
    post: Post,
    page: Page[Comment],
    said: list[Said],
    form: CommentForm | None,
) -> Talk:
    signed_in = request.user.is_authenticated
    may_comment = rules.may_comment(request.user, post) if signed_in else None
    return Talk(page, said, form or CommentForm(), may_comment)


def said_to(
    user: User | AnonymousUser,
    comment: Comment,
    post: Post,
    answers: list[Said] | None = None,
    answer_count: int = 0,
) -> Said:
    """Say what this reader may do to an answer, asking nothing of the database."""
    comment.post = post
    if isinstance(user, AnonymousUser) or comment.deleted_at:
        return Said(comment, answers=answers or [], answer_count=answer_count)
    may_delete = bool(rules.may_delete_comment(user, comment))
    return Said(
        comment,
        may_answer=bool(rules.may_comment(user, post)),
        may_edit=bool(rules.may_edit_comment(user, comment)),
        may_delete=may_delete,
        # Who can take it away has no need to ask for that.
        may_report=not may_delete and bool(rules.may_report_comment(user, comment)),
        answers=answers or [],
        answer_count=answer_count,
    )
