"""How often one person may ask a question that costs something."""

import time

from django.core.cache import cache


def may_ask_again(name: str, user_pk: int, *, most: int, seconds: int = 60) -> bool:
    """Count one question of a person, and say whether it is still among the ``most`` of this stretch of time."""
    key = f"hub-asked-{name}-{user_pk}-{int(time.time() // seconds)}"
    cache.add(key, 0, 2 * seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache dropped it in between
        return True
