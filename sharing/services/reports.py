"""What readers have against a post or an answer, and what is decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils import timezone

from activity.services import changing, record
from activity.submissions import require_same
from sharing import rules
from sharing.events import ReportDecided, ReportMade
from sharing.models import Comment, Post, Report
from sharing.services.comments import erase
from sharing.services.moderation import take_away

if TYPE_CHECKING:
    from accounts.models import User

# What a report says, and of what.
SENT = ("post_id", "comment_id", "reason", "words")


def report_post(
    post: Post, *, by: User, reason: str, words: str = "", submission: UUID | None = None
) -> Report:
    """Tell the board that a post should not be there. Its author never learns who it was.

    Raises ValidationError while an earlier report of the same person waits, and for other words
    under the same `submission`.
    """
    with changing(post):
        rules.may_report_post.require(by, post)
        return _report(Report(post=post, reporter=by, reason=reason, words=words), submission)


def report_comment(
    comment: Comment, *, by: User, reason: str, words: str = "", submission: UUID | None = None
) -> Report:
    """Tell the board that an answer should not be there; otherwise as `report_post`."""
    with changing(comment.post, comment):
        rules.may_report_comment.require(by, comment)
        report = Report(post=comment.post, comment=comment, reporter=by, reason=reason, words=words)
        return _report(report, submission)


def _report(report: Report, submission: UUID | None) -> Report:
    report.submission = submission or uuid4()
    sent = Report.objects.filter(submission=report.submission, reporter=report.reporter)
    if already := sent.first():
        require_same(*({name: getattr(each, name) for name in SENT} for each in (already, report)))
        return already
    # A post that is reported has no comment, which forms would have to fill in.
    report.clean_fields(exclude={"comment"})
    report.validate_unique()
    report.validate_constraints()
    report.save()
    # The log names nobody: who it was stands in the report alone.
    record(ReportMade(report_id=report.pk), by=None)
    return report


def decide_report(report: Report, *, by: User, remove: bool, because: str = "") -> Report:
    """Keep what was reported or take it away, for all who reported it and wait.

    `because` is what its author is told; it is needed to take anything away.
    """
    post, comment = report.post, report.comment
    with changing(*filter(None, (post, comment, report))):
        rules.may_decide_report.require(by, report)
        if remove and comment:
            if not comment.deleted_at:
                erase(comment, by=by, because=because)
        elif remove and post.withdrawn_by_id in (None, post.author_id):
            take_away(post, by=by, because=because)
        outcome = Report.Outcome.REMOVED if remove else Report.Outcome.KEPT
        for each in Report.objects.waiting().filter(post=post, comment=comment):
            each.decided_at, each.decided_by, each.outcome = timezone.now(), by, outcome
            each.save(update_fields=["decided_at", "decided_by", "outcome"])
            record(ReportDecided(report_id=each.pk), by=by)
        report.refresh_from_db()
    return report
