"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parent.parent
MOUTHS = ("api", "frontend")
DOMAIN = (
    "activity",
    "schools",
    "accounts",
    "groups",
    "sharing",
    "sessions",
    "observations",
    "reinforcement",
    "thinkpair",
    "kesraku",
    "notifications",
)
# Public reference data, the same for everyone; and rows of libraries, which have no `visible_to`.
OPEN_TO_ALL = {"Province", "Regency", "District", "School", "Subject", "Phase", "Crop"}
OF_LIBRARIES = {"Token", "Authenticator", "EmailAddress"}
NO_HOME = {
    "utils",
    "helpers",
    "common",
    "constants",
    "selectors",
    "managers",
    "signals",
}
# The only file of an app that may hold a thing.
HOMES = {
    "rule": "rules",
    "on": "handlers",
    "shared_task": "tasks",
    "Event": "events",
    "models.Model": "models",
    "admin.register": "admin",
}


def _files(*apps: str) -> list[Path]:
    found = (path for app in apps for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def _layer(path: Path) -> str:
    """The file of an app, also where it became a package of that name."""
    return path.relative_to(ROOT).parts[1].removesuffix(".py")


def _in_layer(*layers: str) -> list[Path]:
    return [path for path in _files(*DOMAIN) if _layer(path) in layers]


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in _tree(path).body if isinstance(node, ast.FunctionDef))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in _tree(path).body if isinstance(node, ast.ClassDef))


def _decorators(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    names = (d.func if isinstance(d, ast.Call) else d for d in node.decorator_list)
    return {ast.unparse(name) for name in names}


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


@pytest.mark.parametrize("path", _files(*MOUTHS), ids=_id)
def test_mouths_read_only_what_the_person_may_see(path: Path):
    """In api/ and frontend/, `Model.objects` is always followed by `.visible_to(…)`."""
    attributes = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute)]
    managers = {
        node
        for node in attributes
        if node.attr in {"objects", "_default_manager", "_base_manager"}
        and ast.unparse(node.value) not in OPEN_TO_ALL | OF_LIBRARIES
    }
    # `.none()` reads nothing: forms begin with it.
    visible = {node.value for node in attributes if node.attr in {"visible_to", "none"}}
    bare = [
        call.lineno
        for call in _calls(_tree(path))
        if ast.unparse(call.func).endswith(("get_object_or_404", "get_list_or_404"))
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id[0].isupper()
    ]

    assert [node.lineno for node in managers - visible] + bare == []


def _views(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern)
        else:
            yield pattern


def test_views_say_which_methods_they_answer():
    """Every view of ours is a function under `require_safe`, `require_POST` or the like."""
    silent = []
    for pattern in _views(get_resolver()):
        module = pattern.callback.__module__
        if not module.startswith(MOUTHS) or hasattr(pattern.callback, "cls"):
            continue
        path = Path(import_module(module).__file__ or "")
        of_name = {node.name: node for node in _functions(path)}
        view = of_name.get(pattern.callback.__name__)
        if not view or not any("require_" in name for name in _decorators(view)):
            silent.append(f"{module}.{pattern.callback.__name__}")

    assert silent == []


@pytest.mark.parametrize("path", _in_layer("services"), ids=_id)
def test_services_ask_a_rule(path: Path):
    """What a person changes is asked of a rule, or a comment “No rule: …” says why it is not."""
    of_name = {node.name: node for node in _functions(path)}

    def asks(service: ast.FunctionDef, seen: frozenset[str] = frozenset()) -> bool:
        for call in _calls(service):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "require":
                return True
            called = ast.unparse(call.func)
            if called in of_name.keys() - seen and asks(of_name[called], seen | {called}):
                return True
        return False

    silent = [
        name
        for name, service in of_name.items()
        if not name.startswith("_")
        and "by" in {argument.arg for argument in service.args.kwonlyargs}
        and "No rule: " not in _source(path, service)
        and not asks(service)
    ]

    assert set(silent) - {"record"} == set()


@pytest.mark.parametrize("path", _in_layer("services"), ids=_id)
def test_services_record_what_they_changed(path: Path):
    """A person's change is in the log, or a comment “No event: …” says why it is not.

    The home page trusts in it: what it shows is made anew when the log has a new line.
    """
    of_name = {node.name: node for node in _functions(path)}

    def records(service: ast.FunctionDef, seen: frozenset[str] = frozenset()) -> bool:
        called = {ast.unparse(call.func) for call in _calls(service)}
        return "record" in called or any(
            records(of_name[name], seen | {name}) for name in called & of_name.keys() - seen
        )

    silent = [
        name
        for name, service in of_name.items()
        if not name.startswith("_")
        and "by" in {argument.arg for argument in service.args.kwonlyargs}
        and "No event: " not in _source(path, service)
        and not records(service)
    ]

    assert set(silent) - {"record"} == set()


def _source(path: Path, node: ast.FunctionDef) -> str:
    return "\n".join(path.read_text().splitlines()[node.lineno - 1 : node.end_lineno])


@pytest.mark.parametrize("path", _in_layer("models"), ids=_id)
def test_models_save_without_effects(path: Path):
    overrides = [
        f"{model.name}.{node.name}"
        for model in _classes(path)
        for node in model.body
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "asave"}
    ]

    assert overrides == []


@pytest.mark.parametrize("path", _files(*DOMAIN, *MOUTHS, "mgmp"), ids=_id)
def test_nothing_listens_to_signals(path: Path):
    imported = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]

    assert [name for name in imported if "signals" in name] == []


@pytest.mark.parametrize("path", _files(*DOMAIN), ids=_id)
def test_things_live_in_the_file_of_their_kind(path: Path):
    """Rules in rules.py, handlers in handlers.py, and so on; no drawer for what has no home."""
    layer = _layer(path)
    things: list[ast.FunctionDef | ast.ClassDef] = [*_functions(path), *_classes(path)]
    strays = [
        f"{node.name} belongs in {HOMES[kind]}.py"
        for node in things
        for kind in _kinds(node) & HOMES.keys()
        if HOMES[kind] != layer
    ]
    strays += [
        f"{function.name} belongs in rules.py"
        for function in _functions(path)
        if function.name.startswith(("visible_", "may_")) and layer != "rules"
    ]

    assert strays == []
    assert not NO_HOME & set(path.relative_to(ROOT).with_suffix("").parts)


def _kinds(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    bases = {ast.unparse(base) for base in node.bases} if isinstance(node, ast.ClassDef) else set()
    return _decorators(node) | bases


@pytest.mark.parametrize(
    "path", _in_layer("models", "services", "rules", "queries", "tasks"), ids=_id
)
def test_public_things_say_what_they_are(path: Path):
    """Every public model, service, rule, query and task has a docstring."""
    layer = _layer(path)
    things: list[ast.FunctionDef | ast.ClassDef] = []
    if layer == "models":
        things += (node for node in _classes(path) if "class Meta" in ast.unparse(node))
    elif layer == "rules":
        things += (
            node
            for node in _functions(path)
            if "rule" in _decorators(node) or node.name.startswith("visible_")
        )
    else:
        things += _functions(path)

    silent = [t.name for t in things if not t.name.startswith("_") and not ast.get_docstring(t)]

    assert silent == []


def test_architecture_is_checked_on_every_app():
    """A new app joins the lists above, or nothing of this holds for it."""
    apps = {path.parent.name for path in ROOT.glob("*/models.py")}
    apps |= {path.parent.parent.name for path in ROOT.glob("*/models/__init__.py")}

    assert apps - {"demo"} == set(DOMAIN)
