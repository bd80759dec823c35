"""Writing long lists of words readably."""


def word_set(*lines: str) -> frozenset[str]:
    """Return the words of ``lines``, parted by spaces."""
    return frozenset(word for line in lines for word in line.split())
