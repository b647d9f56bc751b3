"""Every sentence can be read in every language."""

import re

from django.utils import translation
from django.utils.translation import gettext

from scripts import messages


def test_catalogues_are_complete_and_keep_their_placeholders():
    assert list(messages.problems()) == []


def test_every_name_that_translates_is_looked_for():
    names = {
        name
        for path in messages._sources()
        for name in re.findall(r"import [np]*gettext\w* as (\w+)", path.read_text())
    }

    assert {"_", "translated"} <= names
    assert names <= set(messages.KEYWORDS)


def test_templates_are_read_like_python(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        """{% load i18n %}<c-card heading="{% translate 'Kata "kunci"' %}" it's>
        {% blocktranslate trimmed %}
            Hai {{ name }},
            apa kabar?
        {% endblocktranslate %}
        {% blocktranslate count n=n %}{{ n }} guru{% plural %}{{ n }} guru{% endblocktranslate %}
        {% translate "Mei" context "bulan" %} {{ text|default:_("Belum ada") }}"""
    )

    assert list(messages._in_template(page)) == [
        ('Kata "kunci"', None),
        ("Hai %(name)s, apa kabar?", None),
        (("%(n)s guru", "%(n)s guru"), None),
        ("Mei", "bulan"),
        ("Belum ada", None),
    ]


def test_english_is_spoken_where_english_is_asked_for():
    messages.compile_catalogues()
    catalogue = messages._read(messages._po("en"), "en")
    said = next(m for m in messages._messages(catalogue) if m.string not in {"", m.id})

    with translation.override("en"):
        assert gettext(said.id) == said.string
    with translation.override("id"):
        assert gettext(said.id) == said.id


def test_new_words_are_blank_in_english_until_somebody_translates_them(tmp_path, monkeypatch):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "models.py").write_text('title = _("Halaman baru")')
    monkeypatch.setattr(messages, "ROOT", tmp_path)

    messages.update_catalogues()

    said = {
        language: messages._read(messages._po(language), language)["Halaman baru"].string
        for language in messages.LANGUAGES
    }
    assert said == {"id": "Halaman baru", "en": ""}
    assert len(list(messages.problems())) == 1
