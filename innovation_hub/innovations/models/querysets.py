"""Who sees which entries, said once in SQL."""

from django.db import models

from innovation_hub.core.scopes import visible_filter

#: What makes an entry public. The one truth about it.
PUBLIC = models.Q(live=True, merged_into__isnull=True, withdrawn_at__isnull=True)


class InnovationQuerySet(models.QuerySet):
    """Queries over entries."""

    def public(self):
        """Return the entries every reader may see: live, and neither merged nor withdrawn."""
        return self.filter(PUBLIC)

    def visible_to(self, user):
        """Return the entries whose newest face ``user`` may see as staff (not what every reader may see)."""
        condition = visible_filter(user)
        return self if condition is None else self.filter(condition)

    def with_card_relations(self):
        """Load in one query what lists show of an entry."""
        return self.select_related("agency", "unit", "region", "programme", "institution", "cohort")
