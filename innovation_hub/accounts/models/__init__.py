"""People who sign in, and their memberships in organisations."""

from .memberships import Membership, MembershipQuerySet
from .users import User, UserManager

__all__ = ["Membership", "MembershipQuerySet", "User", "UserManager"]
