"""One's own account page: Wagtail's, without what this user model doesn't have."""

from django import forms
from wagtail.admin.views import account as stock

from innovation_hub.accounts.models import User


class NameForm(forms.ModelForm):
    """The name as others read it; the address is changed by an administrator."""

    class Meta:
        model = User
        fields = ("name",)


class NoAvatarPanel(stock.AvatarSettingsPanel):
    """Pictures of people would lie in the public folder; the hub shows none."""

    def is_active(self) -> bool:
        """Never shown."""
        return False


def adapt_account_page() -> None:
    """Replace two panels of Wagtail's account page, which its view names directly."""
    stock.NameEmailSettingsPanel.form_class = NameForm
    stock.AvatarSettingsPanel = NoAvatarPanel
