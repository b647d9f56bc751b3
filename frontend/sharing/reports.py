"""What readers have against a post or an answer, and the board's queue of it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Verdict
from frontend.http import Request, Submitted, go, refusals_shown_on, show
from frontend.paging import page_of
from frontend.sharing.finding import post_for
from sharing import rules, services
from sharing.models import Attachment, Comment, Post, Report


class ReportForm(Submitted, forms.ModelForm):
    class Meta:
        model = Report
        fields = ["reason", "words"]
        widgets = {"reason": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 3})}


class DecisionForm(forms.Form):
    def __init__(self, report: Report, sent: QueryDict | None = None) -> None:
        super().__init__(sent, prefix=f"report-{report.pk}")
        self.fields["withdrawn_because"] = forms.CharField(
            label=gettext_lazy("Pesan untuk penulisnya"),
            # The author of a comment reads it in the notice alone, which is shorter than a page.
            max_length=200 if report.comment_id else 300,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


@require_http_methods(["GET", "POST"])
def report_post(request: Request, pk: int) -> HttpResponse:
    post = post_for(request, pk)
    verdict = rules.may_report_post(request.user, post)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.report_post(post, by=request.user, **form.cleaned_data)
            return _thanked(request, post)
    return _show_form(request, post, form, verdict)


@require_http_methods(["GET", "POST"])
def report_comment(request: Request, pk: int) -> HttpResponse:
    found = Comment.objects.visible_to(request.user).select_related("author", "post")
    comment = get_object_or_404(found, pk=pk)
    verdict = rules.may_report_comment(request.user, comment)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.report_comment(comment, by=request.user, **form.cleaned_data)
            return _thanked(request, comment.post)
    return _show_form(request, comment.post, form, verdict, comment)


def _thanked(request: Request, post: Post) -> HttpResponse:
    messages.success(request, _("Terima kasih. Laporan Bapak/Ibu akan diperiksa."))
    return go(request, post)


def _show_form(
    request: Request,
    post: Post,
    form: ReportForm,
    may_report: Verdict,
    comment: Comment | None = None,
) -> HttpResponse:
    context = {"post": post, "comment": comment, "form": form, "may_report": may_report}
    status = 422 if form.errors else 200
    return render(request, "sharing/report.html", context, status=status)


@dataclass(frozen=True)
class Line:
    """A report in the list, and the form to decide on it for who may."""

    report: Report
    is_own: bool
    form: DecisionForm | None
    # Whether the reader may read what was reported; a reporter sometimes may not any more.
    is_read: bool
    # Whether its page opens for the reader. Who judges without being a reader sees it here alone.
    opens: bool
    files: list[Attachment]


@require_safe
def reports(request: Request) -> HttpResponse:
    """What waits to be decided, or with `?decided=1` what was; and one's own reports."""
    return _show_reports(request)


@require_POST
def decide_report(request: Request, pk: int) -> HttpResponse:
    visible = Report.objects.visible_to(request.user).select_related("post", "comment")
    report = get_object_or_404(visible, pk=pk)
    form = DecisionForm(report, request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.decide_report(
                report,
                by=request.user,
                remove=request.POST.get("outcome") == Report.Outcome.REMOVED,
                because=form.cleaned_data["withdrawn_because"],
            )
            messages.success(request, _("Laporan diputuskan. Pelapor diberi tahu hasilnya."))
            return go(request, "reports")
    return _show_reports(request, refused={pk: form})


def _show_reports(request: Request, refused: dict[int, DecisionForm] | None = None) -> HttpResponse:
    refused = refused or {}
    shows_decided = request.GET.get("decided") == "1"
    found = Report.objects.visible_to(request.user).select_related("post", "comment__author")
    found = found.select_related("post__author", "post__group")
    found = found.filter(decided_at__isnull=not shows_decided)
    page = page_of(found, request)
    read = {report.post_id for report in page.items}
    read &= set(
        Post.objects.visible_to(request.user).filter(pk__in=read).values_list("pk", flat=True)
    )
    # Asked for all at once what `may_decide_report` says of each.
    waiting = Report.objects.visible_to(request.user).decided_by(request.user).waiting()
    mine = set(waiting.filter(pk__in=[each.pk for each in page.items]).values_list("pk", flat=True))
    closed = [each for each in page.items if each.pk in mine and each.post_id not in read]
    files = _files_of(request, closed)
    lines = []
    for report in page.items:
        form = None
        if report.pk in mine:
            form = refused.get(report.pk) or DecisionForm(report)
        opens = report.post_id in read
        lines.append(
            Line(
                report,
                is_own=report.reporter_id == request.user.pk,
                form=form,
                is_read=bool(form) or opens,
                opens=opens,
                files=files.get(report.post_id, []),
            )
        )
    context = {
        "page": page,
        "lines": lines,
        "shows_decided": shows_decided,
        "shows_waiting": not shows_decided,
        "waiting_url": reverse("reports"),
    }
    status = 422 if refused else 200
    return show(request, "sharing/reports.html", context, part="rows", status=status)


def _files_of(request: Request, closed: list[Report]) -> dict[int, list[Attachment]]:
    """By post the files of reported posts that the reader may judge and not open."""
    posts = {report.post_id for report in closed if report.comment_id is None}
    if not posts:
        return {}
    files: dict[int, list[Attachment]] = {}
    visible = Attachment.objects.visible_to(request.user).current()
    for file in visible.filter(post__in=posts).order_by("pk"):
        files.setdefault(file.post_id, []).append(file)
    return files
