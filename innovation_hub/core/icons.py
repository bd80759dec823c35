"""Icons of public pages: Tabler outline (MIT), drawn once in a sprite that holds only what the page uses.

``icon(name)`` notes the name and returns a reference; ``icon_sprite()``, called once at the end of a page,
returns the ``<symbol>``s noted since :func:`begin_icons`. A name that doesn't exist is a programming error
and raises ``KeyError``.
"""

from contextvars import ContextVar

from markupsafe import Markup

ICONS = {
    "arrow": '<path d="M5 12h14M13 18l6 -6M13 6l6 6"/>',
    "check": '<path d="M5 12l5 5l10 -10"/>',
    "doc": (
        '<path d="M14 3v4a1 1 0 0 0 1 1h4M17 21h-10a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h7l5 5v11'
        'a2 2 0 0 1 -2 2M9 13h6M9 17h6"/>'
    ),
    "dl": '<path d="M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2 -2v-2M7 11l5 5l5 -5M12 4v12"/>',
    "down": '<path d="M6 9l6 6l6 -6"/>',
    "grow": '<path d="M3 17l6 -6l4 4l8 -8M14 7h7v7"/>',
    "info": '<path d="M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0M12 9h.01M11 12h1v4h1"/>',
    "out": '<path d="M12 6h-6a2 2 0 0 0 -2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2 -2v-6M11 13l9 -9M15 4h5v5"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "play": '<path d="M7 4v16l13 -8z"/>',
    "q": '<path d="M8 8a3.5 3 0 0 1 3.5 -3h1a3.5 3 0 0 1 3.5 3a3 3 0 0 1 -2 3a3 4 0 0 0 -2 4M12 19v.01"/>',
    "right": '<path d="M9 6l6 6l-6 6"/>',
    "search": '<path d="M3 10a7 7 0 1 0 14 0a7 7 0 1 0 -14 0M21 21l-6 -6"/>',
    "stop": '<rect x="5" y="5" width="14" height="14" rx="2"/>',
    "swap": '<path d="M7 10h14l-4 -4M17 14h-14l4 4"/>',
    "warn": (
        '<path d="M12 9v4M10.4 3.6l-8.1 13.5a1.9 1.9 0 0 0 1.6 2.9h16.2a1.9 1.9 0 0 0 1.6 -2.9l-8.1 -13.5'
        'a1.9 1.9 0 0 0 -3.2 0M12 16h.01"/>'
    ),
    "x": '<path d="M18 6l-12 12M6 6l12 12"/>',
}

# Level badges are drawn tiles on a 14 unit square.
TILES = {
    "tile-reg": '<rect x="1" y="1" width="12" height="12" rx="3" stroke-width="1.5"/>',
    "tile-cur": (
        '<rect width="14" height="14" rx="3" fill="currentColor" stroke="none"/>'
        '<path d="M3.5 7.2l2.5 2.5 4.5-5" stroke="#fff" stroke-width="1.8"/>'
    ),
    "tile-top": (
        '<rect width="14" height="14" rx="3" fill="#fff" stroke="none"/><path stroke="none" fill="#1f4f85" '
        'd="M7 2.4l1.4 2.9 3.2.4-2.3 2.2.6 3.2L7 9.5l-2.9 1.6.6-3.2L2.4 5.7l3.2-.4z"/>'
    ),
}

_used: ContextVar[set[str] | None] = ContextVar("hub_icons", default=None)


def begin_icons() -> None:
    """Start a page: forget the icons of an earlier one that was not finished."""
    _used.set(set())


def icon(name: str) -> Markup:
    """Return a reference to icon ``name``, hidden from screen readers: words always stand beside it."""
    used = _used.get()
    if used is None:
        used = set()
        _used.set(used)
    if name not in ICONS and name not in TILES:
        raise KeyError(f"there is no icon {name!r}")
    used.add(name)
    return Markup(f'<svg class="i" aria-hidden="true"><use href="#i-{name}"/></svg>')  # noqa: S704  a known name


def icon_sprite() -> Markup:
    """Return the symbols of the icons used since the page began, and start anew."""
    names = sorted(_used.get() or ())
    _used.set(None)
    return Markup("".join(_symbol(name) for name in names))  # noqa: S704  constants only


def _symbol(name: str) -> str:
    """Return one symbol of the sprite."""
    size, drawing = (14, TILES[name]) if name in TILES else (24, ICONS[name])
    return f'<symbol id="i-{name}" viewBox="0 0 {size} {size}">{drawing}</symbol>'
