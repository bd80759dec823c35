"""The phrases of a synonym group as people type them: read, checked, and what is worth knowing about them."""

import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search.analysis import fold, function_words, question_words, tokenize
from search.query import clean_text
from search.synonyms import Thesaurus, phrase_key

MIN_PHRASES, MAX_PHRASES = 2, 12
MAX_CHARS, MAX_WORDS = 60, 6
#: What is read of a field at all.
MAX_INPUT = 4000
_SEPARATORS = re.compile(r"[,;\r\n]+")


def read_phrases(text: str) -> list[str]:
    """Return the different phrases of a text, one on each line or separated by commas, without stray spaces."""
    found: dict[str, str] = {}
    for piece in _SEPARATORS.split(text[:MAX_INPUT]):
        phrase = clean_text(piece)
        if phrase:
            found.setdefault(fold(phrase), phrase)
    return list(found.values())


def check_phrases(phrases: Sequence[str]) -> None:
    """Raise ``ValidationError`` with everything that is wrong with a group, naming the phrases."""
    errors = [ValidationError(text) for phrase in phrases for text in _faults(phrase)]
    if len(phrases) < MIN_PHRASES:
        errors.append(ValidationError(_("Write at least two phrases, one on each line.")))
    elif len(phrases) > MAX_PHRASES:
        text = _("At most %(limit)s phrases are searched for together; these are %(count)s.")
        errors.append(ValidationError(text % {"limit": MAX_PHRASES, "count": len(phrases)}))
    elif not errors and len(set(map(phrase_key, phrases))) < MIN_PHRASES:
        text = _("For the search all of these are one phrase already: %(phrases)s. It knows spellings and affixes.")
        errors.append(ValidationError(text % {"phrases": ", ".join(phrases)}))
    if errors:
        raise ValidationError(errors)


def _faults(phrase: str) -> Iterable[str]:
    """Yield what is wrong with one phrase."""
    words = [token.surface for token in tokenize(phrase)]
    values = {"phrase": phrase if len(phrase) <= MAX_CHARS else phrase[:MAX_CHARS] + "…"}
    if not words:
        yield _("“%(phrase)s” has no word in it.") % values
    elif set(words) <= function_words() | question_words():
        yield _("“%(phrase)s” has no meaning of its own; nearly every entry holds it.") % values
    if len(phrase) > MAX_CHARS:
        yield _("“%(phrase)s” is longer than %(limit)s characters.") % {**values, "limit": MAX_CHARS}
    elif len(phrase.split()) > MAX_WORDS:
        yield _("“%(phrase)s” has more than %(limit)s words.") % {**values, "limit": MAX_WORDS}


def remarks(phrases: Sequence[str], others: Iterable[Sequence[str]], known: Thesaurus) -> list[str]:
    """Return what a curator should know about phrases that may be saved: ambiguous ones, and those of ``others``."""
    found = []
    keys = {phrase_key(phrase): phrase for phrase in phrases}
    ambiguous = {key for key in keys if len(key) == 1 and key[0] in known.ambiguous}
    for key, phrase in keys.items():
        if key in ambiguous:
            text = _(
                "“%(phrase)s” means several things (%(meanings)s). A search for it alone isn't widened: readers are "
                "asked what they mean. The other phrases of the group do find it."
            )
            found.append(text % {"phrase": phrase, "meanings": ", ".join(known.ambiguous[key[0]])})
    for group in others:
        for key in dict.fromkeys(map(phrase_key, group)):
            if key in keys.keys() - ambiguous:
                text = _("“%(phrase)s” is in another group too: %(group)s. A search for it is widened by both.")
                found.append(text % {"phrase": keys[key], "group": ", ".join(group)})
    return found
