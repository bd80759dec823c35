"""What the tests of public pages share."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def indonesian():
    """Begin every test in Indonesian: a request leaves its language behind in the thread."""
    with translation.override("id"):
        yield
