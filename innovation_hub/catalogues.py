"""Finds the strings to translate in Django templates, for Babel (``make messages``; see pyproject.toml).

Python and Jinja2 files have extractors in Babel and Jinja2. For the admin's Django templates, Django itself
rewrites a template into calls of gettext between runs of ``X``; Babel's JavaScript extractor reads those calls,
since it doesn't mind what stands around them.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_javascript
from django.conf import settings
from django.utils.translation.template import templatize


def extract_django(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield (line, function, messages, comments) of a Django template, as Babel wants it."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    calls = templatize(fileobj.read().decode("utf-8"))
    yield from extract_javascript(BytesIO(calls.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"})
