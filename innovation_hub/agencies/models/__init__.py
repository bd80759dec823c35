"""Government bodies, their offices and the regions of the country."""

from .agencies import Agency, AgencyAlias, AgencyMembership, Unit
from .regions import Region

__all__ = ["Agency", "AgencyAlias", "AgencyMembership", "Region", "Unit"]
