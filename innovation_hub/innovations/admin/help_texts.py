"""What the form says about each field, in one sentence or two."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from innovation_hub.innovations.requirements import REQUIREMENTS, Need, Requirement, needed_from

HELP: dict[str, Promise] = {
    "title_plain": _(
        "What it does and for whom, in everyday words: “Patients take a queue number from home”. No capitals, no name."
    ),
    "brand_name": _("The name it is known by, as you write it."),
    "acronym_expansion": _("If the name is an acronym: what its letters stand for."),
    "summary": _("Two to four sentences that stand on their own: problem, what was done, what came of it."),
    "cover_image": _("A picture of it in use. Leave empty rather than use a logo or a screenshot of a slide."),
    "cover_alt": _("What the picture shows, for readers who can't see it."),
    "agency": _("The government body that runs it; the office inside it comes next."),
    "unit": _("Dinas, UPTD, Puskesmas, school… Choose the agency first. Missing? Create it in the dialogue."),
    "region": _("Where it is in use."),
    "contact_channel": _("An office mailbox, not a private number or address."),
    "origin_channel": _("How it came into being."),
    "programme": _("Only if it came out of training. A cohort fills this in."),
    "institution": _("Who ran the training. A cohort fills this in."),
    "cohort": _("One run of the programme: number and year. It fixes programme and institution."),
    "training_product": _("What participants of this programme make."),
    "problem": _("What was wrong, for whom, since when; with figures where there are some."),
    "objectives": _("What should be different afterwards."),
    "design": _("How it works, step by step, so that another office could begin. About 300 words."),
    "novelty": _("What is different from what others do, or did before."),
    "challenges": _("What went wrong or was hard. Readers who want to copy it need this most."),
    "lessons": _("What you would do differently."),
    "sustainability_strategy": _("Money, people and rules that carry it on when its maker is transferred."),
    "unknowns": _("What nobody has measured or knows, one sentence a line. It is shown to readers."),
    "implemented_on": _("A year (2021), a month (2021-03) or a day (2021-03-09)."),
    "trial_start": _("A year (2021), a month (2021-03) or a day (2021-03-09)."),
    "ended_on": _("Only if it has ended: a year, a month or a day."),
    "results": _("What changed, told in words. Single results with figures come below."),
    "beneficiaries_count": _("People, households or offices that have used it so far."),
    "tech_dependencies": _("Devices, software, connection, services it can't do without."),
    "replicated_from": _("The entry that it follows. The original is credited; copying is what the hub is for."),
    "replicated_from_text": _("If what it follows is not in the registry: its name and agency."),
    "replication_terms": _("Conditions, and who already copied it."),
    "themes": _("At most three."),
    "sdgs": _("At most three, only direct contributions."),
    "urusan_primary": _("The government affair of UU 23/2014 that it serves first."),
    "tags": _("Words by which people would look for it that are not in the text. Press Enter after each."),
    "latitude": _("Degrees, south is negative: -0.95124."),
    "longitude": _("Degrees: 122.78776."),
    "licence": _("CC BY 4.0 unless the agency says otherwise."),
}

INLINE_HELP: dict[str, Promise] = {
    "claims": _(
        "One row a result: what was counted, before and after, how it was measured. Say so if it wasn't measured."
    ),
    "steps": _("What was done in which order."),
    "prerequisites": _("What an office must have before it can begin."),
    "stakeholders": _("Partners and what each does."),
    "budget_lines": _("Amounts as bands are enough."),
    "legal_bases": _("Decrees and regulations; files are public with the entry, so cross out personal data."),
    "attachments": _(
        "Replication kits and documents become public with the entry; evidence and training reports never do."
    ),
    "sources": _("Texts from which facts of this entry come. Claims name them by their letter."),
    "translations": _("Title and summary in another language."),
    "awards": _("Prizes and listings, with their year."),
    "external_ids": _("Its number in SINOVIK, IID, JIPPNas…"),
}

NEED_WORDS: dict[Need, Promise] = {
    Need.DRAFT: _("Required."),
    Need.SUBMIT: _("Required before it is submitted."),
    Need.CURATED: _("Required for the level “Curated”."),
    Need.FEATURED: _("Required for the level “Featured”."),
}


_ALWAYS = Requirement.__dataclass_fields__["applies"].default


def need_words(field: str) -> str:
    """Return from which step on ``field`` is needed, as requirements.py says; empty if never."""
    need = needed_from(field)
    if need is None:
        return ""
    first = [one for one in REQUIREMENTS if one.field == field and one.need == need]
    words = str(NEED_WORDS[need])
    if all(one.applies is not _ALWAYS for one in first):
        words = _now("%(required)s Only where it applies.") % {"required": words}
    return words
