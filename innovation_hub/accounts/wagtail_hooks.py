"""Registers the accounts' screens."""

from wagtail import hooks

from innovation_hub.accounts.admin.choosers import account_chooser
from innovation_hub.accounts.admin.own_account import adapt_account_page
from innovation_hub.accounts.admin.users import account_viewset, domain_viewset

adapt_account_page()


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """Register accounts, their chooser, and office domains."""
    return [account_chooser, account_viewset, domain_viewset]
