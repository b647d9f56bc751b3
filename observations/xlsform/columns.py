"""The names of sheets, columns and roles that writing and reading agree on."""

from __future__ import annotations

SURVEY = (
    *("type", "name", "label", "hint", "required", "relevant"),
    *("mgmp_role", "mgmp_code", "mgmp_encouraged", "mgmp_discouraged"),
)
CHOICES = ("list_name", "name", "label", "mgmp_scale", "mgmp_meaning", "mgmp_best")
# Of the head of an instrument, by the name of its column.
HEAD = {
    "form_title": "name",
    "form_id": "code",
    "version": "version",
    "mgmp_purpose": "purpose",
    "mgmp_minutes": "minutes",
    "mgmp_source": "source",
    "mgmp_licence": "licence",
    "mgmp_notice": "notice",
    "mgmp_valid_from": "valid_from",
    "mgmp_valid_to": "valid_to",
}
FOCUS, NA, EVIDENCE = "focus", "na", "evidence"
YES_NO_LIST, NA_LIST, FOCUS_LIST = "mgmp_yes_no", "mgmp_na", "mgmp_focus"
NA_CHOICE = "na"
