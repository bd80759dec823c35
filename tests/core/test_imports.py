"""Who may import whom (docs/developer.md): the arrows of the design, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests import repository

BELOW_TRAINING = {"core", "accounts", "agencies"}
BELOW_INNOVATIONS = BELOW_TRAINING | {"training", "search"}
ABOVE = BELOW_INNOVATIONS | {"innovations"}
# Any app may import search; the apps at the top never import each other.
ALLOWED = {
    "core": set(),
    "accounts": {"core", "search"},
    "agencies": {"core", "accounts", "search"},
    "training": BELOW_TRAINING | {"search"},
    "search": {"core"},
    "innovations": BELOW_INNOVATIONS,
    "curation": ABOVE,
    "imports": ABOVE,
    "api": ABOVE,
    "home": ABOVE,
}
# Client library -> how the modules begin that may import it.
ENGINE_CLIENTS = {
    "tantivy": "search/engines/tantivy",
    "elasticsearch": "search/engines/elasticsearch",
    "elasticsearch_dsl": "search/engines/elasticsearch",
    "elastic_transport": "search/engines/elasticsearch",
}


def python_files() -> list[str]:
    """Return the product's own modules."""
    roots = ("innovation_hub/", "search/", "home/")
    return [path for path in repository.files() if path.startswith(roots) and path.endswith(".py")]


def app_of(module: str) -> str | None:
    """Return the app a dotted module name belongs to, ``None`` for anything else."""
    parts = module.split(".")
    if parts[0] in ("search", "home"):
        return parts[0]
    if parts[0] == "innovation_hub" and len(parts) > 1 and parts[1] in ALLOWED:
        return parts[1]
    return None


def imported_modules(path: str) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import, also inside functions; relative ones are made absolute."""
    package = PurePosixPath(path).parent.parts
    for node in ast.walk(ast.parse(repository.read(path) or "", filename=path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("app", ALLOWED)
def test_an_app_imports_only_what_it_stands_on(app):
    wrong = []
    for path in python_files():
        if app_of(path.removesuffix(".py").replace("/", ".")) != app:
            continue
        for line, module in imported_modules(path):
            target = app_of(module)
            if target and target != app and target not in ALLOWED[app]:
                wrong.append(f"{path}:{line} imports {module}")
    assert not wrong


def test_only_its_engine_imports_a_search_client():
    wrong = []
    for path in python_files():
        for line, module in imported_modules(path):
            home = ENGINE_CLIENTS.get(module.split(".")[0])
            if home and not path.startswith(home):
                wrong.append(f"{path}:{line} imports {module}")
    assert not wrong


def test_the_product_never_imports_its_tests():
    wrong = [
        path for path in python_files() if any(name.split(".")[0] == "tests" for _, name in imported_modules(path))
    ]
    assert not wrong
