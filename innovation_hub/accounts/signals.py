"""The language of an account stands in two places, Wagtail's profile and ours; they follow each other."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from innovation_hub.accounts.models import User


@receiver(post_save, sender=User)
def language_to_profile(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Let the admin speak the account's language."""
    if not raw:
        UserProfile.objects.filter(user=instance).update(preferred_language=instance.language)


@receiver(post_save, sender=UserProfile)
def language_to_account(sender: Any, instance: UserProfile, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Keep what was chosen on the account page; a new profile takes what the account says."""
    if raw:
        return
    if created and not instance.preferred_language:
        instance.preferred_language = instance.user.language
        UserProfile.objects.filter(pk=instance.pk).update(preferred_language=instance.preferred_language)
    elif instance.preferred_language:
        User.objects.filter(pk=instance.user_id).update(language=instance.preferred_language[:2])
