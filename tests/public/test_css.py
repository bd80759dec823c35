"""The style sheets keep to the tokens (look: spacing 4 8 12 16 24 32 48 64 and one nudge; no colour of their own)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

HUB = Path(settings.PROJECT_DIR) / "static" / "hub"
SPACING = re.compile(r"(?:^|[;{\s])((?:margin|padding)(?:-[a-z-]+)?|gap|row-gap|column-gap)\s*:\s*([^;}]+)")
ALLOWED = re.compile(r"0|auto|inherit|var\(--hub-(?:[1-8]|gap|margin|nudge)\)")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")


def rules() -> str:
    """Return hub.css without comments and without the tokens' own definitions."""
    css = re.sub(r"/\*.*?\*/", "", (HUB / "hub.css").read_text(), flags=re.S)
    return re.sub(r":root\s*\{[^}]*\}", "", css)


def test_space_comes_from_the_tokens():
    wrong = []
    for name, value in SPACING.findall(rules()):
        inner = re.fullmatch(r"calc\((.*)\)", value.strip())
        parts = re.split(r"\s[-+*/]\s", inner[1]) if inner else value.split()
        wrong += [f"{name}: {value}" for part in parts if not ALLOWED.fullmatch(part.strip()) and part not in ("2",)]
    assert not wrong


def test_colours_come_from_the_tokens():
    assert not COLOUR.findall(rules())


def test_every_token_in_use_is_defined():
    css = (HUB / "hub.css").read_text()
    defined = set(re.findall(r"(--hub-[a-z0-9-]+)\s*:", css))
    assert set(re.findall(r"var\((--hub-[a-z0-9-]+)\)", css)) <= defined


def test_templates_use_only_classes_that_exist():
    css = (HUB / "hub.css").read_text() + (HUB / "print.css").read_text()
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", css)) | {"map-mini", "tl"}
    for template in (Path(settings.PROJECT_DIR) / "templates" / "jinja2").rglob("*.html"):
        text = template.read_text()
        if "wagtail" in template.parts:
            continue
        for value in re.findall(r'class="([^"]*)"', text):
            plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", value)
            names = [name for name in plain.split() if re.fullmatch(r"[a-zA-Z][\w-]+", name)]
            assert not [name for name in names if name not in known and not name.endswith("-")], (template.name, value)


@pytest.mark.parametrize("name", ["hub.css", "print.css", "font.css", "hub.js"])
def test_files_ask_nothing_of_other_sites(name):
    assert not re.search(r"https?://|@import", (HUB / name).read_text())


def test_licences_lie_beside_what_they_cover():
    assert "SIL OPEN FONT LICENSE" in (HUB / "inter-OFL.txt").read_text().upper()
    assert "BSD" in (HUB / "vendor" / "htmx-LICENSE.txt").read_text()
