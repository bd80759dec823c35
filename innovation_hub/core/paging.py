"""Pages of twenty: which page a reader asked for, and the links to the others."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from django.http import Http404

from .pages import PAGE_SIZE

NEIGHBOURS = 1


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link below a list; ``number`` 0 stands for the pages left out."""

    number: int
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one list."""

    number: int
    count: int
    links: list[PageLink]
    previous: str
    next: str

    @property
    def start(self) -> int:
        """Offset of the first row."""
        return (self.number - 1) * PAGE_SIZE


def asked_page(value: str | None) -> int:
    """Return the asked page, 1 when none is named; raise ``Http404`` for anything but a number from 1."""
    if not value:
        return 1
    if not value.isascii() or not value.isdigit() or len(value) > 6 or int(value) < 1:
        raise Http404("no such page")
    return int(value)


def page_count(total: int, size: int = PAGE_SIZE) -> int:
    """Return how many pages ``total`` rows fill, at least one."""
    return max(1, ceil(total / size))


def pages_of(number: int, count: int, address: Callable[[int], str]) -> Pages:
    """Return the links of page ``number`` of ``count``; ``address`` gives the address of a page number.

    First, last, current and its neighbours are shown; raise ``Http404`` beyond the last page.
    """
    if number > count:
        raise Http404("no such page")
    shown = {1, count, *range(number - NEIGHBOURS, number + NEIGHBOURS + 1)}
    if number <= 2:
        shown.update((2, 3))
    links, last = [], 0
    for page in sorted(one for one in shown if 1 <= one <= count):
        if page - last > 1:
            links.append(PageLink(0))
        links.append(PageLink(page, address(page), page == number))
        last = page
    return Pages(
        number=number,
        count=count,
        links=links,
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if number < count else "",
    )
