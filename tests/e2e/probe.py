"""A small page for tests of the shell: a form that is kept, a refusal, a list that grows."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from accounts.models import User
from frontend.http import Submitted
from frontend.paging import Page

handler403 = "frontend.errors.refused"
handler404 = "frontend.errors.not_found"

PAGE = """
{% extends "base.html" %}
{% block title %}Coba{% endblock %}
{% block main %}
    <c-page-head title="Coba" />
    <c-form :form="form" submit="Kirim" draft="probe" />
    <div id="part"><c-action url="/probe/refuse/" target="#part">Ditolak</c-action></div>
    <c-action url="/probe/broken/" target="#part">Rusak</c-action>
    <c-action url="/probe/whole/" target="#part">Ke mana-mana</c-action>
    <c-rows label="Baris">
        ROWS
        <c-pager :page="page" />
    </c-rows>
{% endblock %}
"""
ROWS = """
{% for row in rows %}
    <c-row href="/probe/?{{ row }}" title="Baris {{ row }}" />
{% endfor %}
"""
PAGE = PAGE.replace("ROWS", ROWS)


class ProbeForm(Submitted):
    words = forms.CharField(label="Tulisan", max_length=20, widget=forms.Textarea)


def probe(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") and request.method == "GET":
        return _render(request, ROWS, rows=[4, 5, 6])
    form = ProbeForm(request.POST or None)
    if form.is_valid():
        messages.success(request, f"Terkirim {form.cleaned_data['submission']}")
        return redirect("/probe/sent/")
    status = 422 if form.errors else 200
    page: Page[User] = Page([], "?after=x", is_first=True)
    return _render(request, PAGE, status, form=form, rows=[1, 2, 3], page=page)


def sent(request: HttpRequest) -> HttpResponse:
    return _render(
        request, '{% extends "base.html" %}{% block main %}<h1>Sampai</h1>{% endblock %}'
    )


def refuse(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Sesi ini belum dilaksanakan.")


def broken(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>Bad gateway</h1>", status=502)


def whole(_request: HttpRequest) -> HttpResponse:
    return redirect("/probe/sent/")


def _render(
    request: HttpRequest, source: str, status: int = 200, **context: object
) -> HttpResponse:
    template = engines["django"].from_string(CottonCompiler().process(source.strip()))
    return HttpResponse(template.render(context, request), status=status)


urlpatterns = [
    path("probe/", probe),
    path("probe/sent/", sent),
    path("probe/refuse/", refuse),
    path("probe/broken/", broken),
    path("probe/whole/", whole),
    path("", include("mgmp.urls")),
]
