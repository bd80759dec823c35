"""Free keywords of many entries at once."""

from collections.abc import Iterable

from django.utils.text import slugify

from innovation_hub.innovations.models import Keyword

_AT_ONCE = 500


def keyword_ids(names: Iterable[str]) -> dict[str, int]:
    """Return the key of each keyword by its case-folded name, creating those that are missing."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(name.casefold(), name)
    found: dict[str, int] = {}
    folded = list(wanted)
    for start in range(0, len(folded), _AT_ONCE):
        some = folded[start : start + _AT_ONCE]
        spellings = {wanted[name] for name in some} | set(some) | {wanted[name].capitalize() for name in some}
        for name, pk in Keyword.objects.filter(name__in=spellings).values_list("name", "pk"):
            found.setdefault(name.casefold(), pk)
    missing = [wanted[name] for name in folded if name not in found]
    if missing:
        created = Keyword.objects.bulk_create(
            [Keyword(name=name, slug=slug) for name, slug in zip(missing, _free_slugs(missing), strict=True)]
        )
        found.update({keyword.name.casefold(): keyword.pk for keyword in created})
    return found


def _free_slugs(names: list[str]) -> list[str]:
    bases = [slugify(name, allow_unicode=True)[:90] or "kata" for name in names]
    taken: set[str] = set()
    for base in set(bases):
        taken.update(Keyword.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slugs = []
    for base in bases:
        slug, count = base, 1
        while slug in taken:
            count += 1
            slug = f"{base}_{count}"
        taken.add(slug)
        slugs.append(slug)
    return slugs
