"""People who sign in, and their memberships in organisations."""

from .domains import OfficeDomain
from .memberships import Membership, MembershipQuerySet
from .users import User, UserManager

__all__ = ["Membership", "MembershipQuerySet", "OfficeDomain", "User", "UserManager"]
