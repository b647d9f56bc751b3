"""What allauth asks us about signing up and in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm


class AccountAdapter(DefaultAccountAdapter):
    """The house's answers to allauth."""


class SignUpForm(SignupForm):
    """The account form, with the person's name."""
