"""The card that a pair writes together, as a form."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thinkpair.models import Card, Pair

WORDS = ("problem", "cause", "attempt", "need")


class CardForm(forms.ModelForm):
    """Each field comes with what it said when the page was made, so that only changes are sent."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    class Meta:
        model = Card
        fields = WORDS
        labels = {"problem": _("Masalahnya"), "attempt": _("Yang akan kami coba")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        for name in WORDS:
            self.fields[name].widget.attrs["rows"] = 4 if name == "attempt" else 2

    def changed_words(self) -> dict[str, str]:
        """What its writer changed, by field."""
        assert isinstance(self.data, QueryDict)  # noqa: S101 -- only asked of a form that was sent
        return {
            name: text
            for name in WORDS
            if (text := _plain(self.cleaned_data[name])) != _plain(self.data.get(f"was-{name}", ""))
        }


def card_of(pair: Pair) -> Card:
    """The pair's card, or an empty one that is not kept yet."""
    return getattr(pair, "card", None) or Card(pair=pair)


def _plain(text: str) -> str:
    """As it is kept: browsers send other line ends than they show."""
    return text.replace("\r\n", "\n").strip()
