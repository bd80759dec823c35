"""Folding: what two spellings of the same letters have in common."""

import unicodedata

#: Characters that are there for the layout: soft hyphen, zero-width space and joiners, word joiner, BOM.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])


def fold(text: str) -> str:
    """Return ``text`` in lower case, compatibility characters spelt out (NFKD), accents dropped.

    Spaces and punctuation stay, so that the result still reads as text.
    """
    if text.isascii():
        return text.lower()
    spelt = unicodedata.normalize("NFKD", text.translate(_INVISIBLE).lower())
    return "".join(c for c in spelt if not unicodedata.combining(c)).lower()


def fold_word(word: str) -> str:
    """Return the letters and digits of ``fold(word)``; empty if there are none."""
    folded = fold(word)
    if folded.isalnum():
        return folded
    return "".join(c for c in folded if c.isalnum())
