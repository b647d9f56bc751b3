import re
from pathlib import Path

import pytest
from django import forms
from django.forms import modelform_factory
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django_cotton.compiler_regex import CottonCompiler

from frontend.http import Submitted
from groups.models import Group
from tests import make

TEMPLATES = Path(__file__).parents[2] / "frontend" / "templates"
COTTON = TEMPLATES / "cotton"
COMPONENTS = sorted(COTTON.rglob("*.html"))
ISLANDS = TEMPLATES.parent / "islands"


def name_of(component: Path) -> str:
    return str(component.relative_to(COTTON).with_suffix("")).replace("/", ".").replace("_", "-")


def used_in(text: str) -> set[str]:
    return set(re.findall(r"<c-([\w.-]+)", text)) - {"vars", "slot"}


def test_comments_end_on_their_line():
    # Django shows one that goes on over two lines to everybody.
    lines = [
        f"{template.relative_to(TEMPLATES)}: {line}"
        for template in sorted(TEMPLATES.rglob("*.html"))
        for line in template.read_text().splitlines()
        if line.count("{#") != line.count("#}")
    ]

    assert lines == []


def shown() -> set[str]:
    """The components on the gallery's pages and in what stands around them, with their parts."""
    pages = ["gallery.html", "gallery_focus.html", "base.html", "told.html"]
    found = used_in("".join((TEMPLATES / page).read_text() for page in pages))
    texts = {name_of(component): component.read_text() for component in COMPONENTS}
    while more := {part for name in found for part in used_in(texts.get(name, ""))} - found:
        found |= more
    return found


def render(source: str, /, **context: object) -> str:
    """Render a template that uses components, as the loader would."""
    compiled = CottonCompiler().process("{% load mgmp %}" + source)
    return engines["django"].from_string(compiled).render(context, RequestFactory().get("/"))


class Refusal:
    reasons = ("Sesi ini belum dilaksanakan.",)

    def __bool__(self) -> bool:
        return False


class SessionForm(Submitted):
    title = forms.CharField(label="Judul", help_text="Untuk undangan.")
    starts_on = forms.DateField(label="Tanggal", required=False)
    answer = forms.ChoiceField(
        label="Hadir?",
        choices=[("", "-"), ("yes", "Hadir"), ("no", "Izin")],
        widget=forms.RadioSelect,
    )


def test_every_component_is_shown_on_the_gallery():
    assert {name_of(component) for component in COMPONENTS} - shown() == set()


@pytest.mark.parametrize("component", COMPONENTS, ids=name_of)
def test_a_component_says_what_it_is_for_and_names_its_attributes(component: Path):
    first, second = component.read_text().splitlines()[:2]

    assert re.fullmatch(r"\{# .+[.:] .*#\}|\{# .+\. #\}", first)
    assert second.startswith("<c-vars")


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_writes_what_the_policy_forbids(template: Path):
    text = template.read_text()

    assert not re.search(r"<[^>]*\sstyle=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\shx-on|\son(?!ce)[a-z]+=", text)


def whole(template: str) -> str:
    """A page's template with all that it includes."""
    found: dict[str, str] = {}
    waiting = [template]
    while waiting:
        if (name := waiting.pop()) not in found:
            found[name] = (TEMPLATES / name).read_text()
            waiting += re.findall(r'{% include "([^"]+)"', found[name])
    return "".join(found.values())


@pytest.mark.parametrize("folder", ["meeting", "room", "sheet", "thread", "writing"])
def test_a_page_with_an_island_of_its_kind_has_its_script(folder: str):
    islands = "".join(path.read_text() for path in (ISLANDS / folder).glob("*.ts"))
    elements = re.findall(r'customElements\.define\("([\w-]+)"', islands)

    pages = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "{% extends" in path.read_text()
    ]
    with_one = {
        page: text
        for page in pages
        if any(f"<{element}" in (text := whole(page)) for element in elements)
    }

    assert with_one
    assert [page for page, text in with_one.items() if f"asset '{folder}.js'" not in text] == []


@pytest.mark.django_db
def test_the_gallery_is_for_staff(client):
    member, staff = make.person(), make.person()
    staff.is_staff = True
    staff.save()

    assert client.get(reverse("gallery")).status_code == 404
    client.force_login(member)
    assert client.get(reverse("gallery")).status_code == 404
    client.force_login(staff)
    assert client.get(reverse("gallery")).status_code == 200
    assert client.get(reverse("gallery"), {"focus": 1}).status_code == 200


def test_a_refused_action_is_disabled_and_says_why():
    html = render('<c-action url="/x/" :verdict="verdict">Rilis</c-action>', verdict=Refusal())

    assert '<small class="why-not">Sesi ini belum dilaksanakan.</small>' in html
    assert re.search(r"<button[^>]*\bdisabled\b", html)


def test_an_allowed_action_works_without_javascript_and_swaps_with_it():
    html = render('<c-action url="/x/" target="#card" once="1">Rilis</c-action>')

    assert re.search(r'<form[^>]*method="post"[^>]*action="/x/"', html)
    assert 'hx-post="/x/" hx-target="#card" hx-swap="outerHTML"' in html
    assert re.search(r'name="submission" value="[0-9a-f-]{36}"', html)
    assert "csrfmiddlewaretoken" in html
    assert "disabled" not in html


def test_a_field_ties_its_help_and_its_error_to_the_control():
    form = SessionForm({"title": ""})

    html = render('<c-field :field="form.title" />', form=form)

    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert '<label for="id_title"' in html


def test_a_date_opens_the_phones_calendar_and_keeps_its_value():
    form = SessionForm(initial={"starts_on": "2026-11-26"})

    html = render('<c-field :field="form.starts_on" />', form=form)

    assert re.search(r'<input type="date"[^>]*value="2026-11-26"', html)
    assert "(boleh kosong)" in html


def test_a_field_may_say_for_what_it_is_needed():
    form = SessionForm()

    html = render('<c-field :field="form.starts_on" needed="(perlu nanti)" />', form=form)

    assert "(perlu nanti)" in html
    assert "(boleh kosong)" not in html


def test_segments_leave_out_the_empty_choice():
    html = render('<c-field :field="form.answer" segments="1" />', form=SessionForm())

    assert re.findall(r'value="(\w*)"', html) == ["yes", "no"]
    assert html.count('class="segment"') == 2


def test_a_form_shows_all_its_fields_its_mark_and_what_stands_against_it():
    form = SessionForm({"title": ""})
    form.add_error(None, "Sesi lain sudah ada di jam itu.")

    html = render('<c-form :form="form" submit="Kirim" draft="session-new" />', form=form)

    assert "Sesi lain sudah ada di jam itu." in html
    assert 'href="#id_title"' in html
    assert 'name="submission"' in html
    assert html.count('name="answer"') == 2
    assert '<mg-draft-keeper key="session-new" answered>' in html


def test_text_of_people_stays_text():
    html = render('<c-row href="/x" :title="words" meta="{{ words }}" />', words="<b>tebal</b> & x")

    assert html.count("&lt;b&gt;tebal&lt;/b&gt; &amp; x") == 2


def test_one_component_does_not_hand_its_attributes_to_another():
    html = render('<c-card heading="Luar" id="outer" stage="r"><c-card /></c-card>')

    assert html.count("Luar") == 1
    assert html.count('id="outer"') == 1
    assert html.count("is-r") == 1


@pytest.mark.parametrize(
    ("attributes", "done", "now"),
    [
        ('now="a"', "sm", "a"),
        ('now="a" done="st"', "st", "a"),
        ('done="smart"', "smart", ""),
        ('now="s"', "", "s"),
    ],
)
def test_the_stepper_says_what_is_done_and_where_we_are(attributes: str, done: str, now: str):
    html = render(f'<c-stepper {attributes} label="Tahap" />')

    assert "".join(re.findall(r'class="step is-(\w) step-done"', html)) == done
    assert "".join(re.findall(r'class="step is-(\w)"\s+aria-current="step"', html)) == now


def test_the_pager_is_a_link_that_htmx_takes_over():
    page = {"next_url": "?phase=d&after=abc"}

    html = render('<c-pager :page="page" />', page=page)

    assert 'href="?phase=d&amp;after=abc"' in html
    assert 'hx-target="closest .pager"' in html
    assert render('<c-pager :page="page" />', page={"next_url": ""}).strip() == ""


def test_a_text_for_whatsapp_is_in_the_link_and_for_the_clipboard():
    html = render('<c-share :text="text" />', text="Sesi Kamis\n09.00 & kebun")

    assert 'href="https://wa.me/?text=Sesi%20Kamis%0A09.00%20%26%20kebun"' in html
    assert ">Sesi Kamis\n09.00 &amp; kebun</textarea>" in html


def test_messages_tell_good_from_bad_in_shape_and_role():
    html = render_to_string("messages.html", {"messages": [Told("success"), Told("error")]})

    assert re.findall(r"notice-(\w+)", html) == ["ok", "bad"]


class Told:
    def __init__(self, level_tag: str) -> None:
        self.level_tag = level_tag

    def __str__(self) -> str:
        return "Undangan 007 sudah jadi."


@pytest.mark.django_db
def test_a_list_to_choose_from_opens_with_words_of_ours():
    form = modelform_factory(Group, fields=["weekday", "district"])()

    html = render('<c-form :form="form" />', form=form)

    assert html.count('<option value="" selected>Pilih satu</option>') == 2


FORM = re.compile(r"csrf_token %|<c-form|<c-action")
INCLUDED = re.compile(r'{% include "([^"]+)"((?:(?!%}).)*) only %}', re.DOTALL)


def test_forms_in_what_is_included_alone_get_their_token():
    """`only` hides the token, without which a form works by htmx alone."""
    without = [
        f"{path.name}: {name}"
        for path in TEMPLATES.rglob("*.html")
        for name, handed in INCLUDED.findall(path.read_text())
        if FORM.search((TEMPLATES / name).read_text()) and "csrf_token=" not in handed
    ]

    assert without == []
