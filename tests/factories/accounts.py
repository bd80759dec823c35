"""Accounts."""

import factory

from innovation_hub.accounts.models import User

PASSWORD = "kata-sandi-uji-1"


class UserFactory(factory.django.DjangoModelFactory):
    """A plain account (ASN) that can sign in with :data:`PASSWORD`; roles come from membership factories."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"pegawai{n}@contoh.go.id")
    name = factory.Sequence(lambda n: f"Pegawai Contoh {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, password=kwargs.pop("password", PASSWORD), **kwargs)


class AdministratorFactory(UserFactory):
    """An account that may do everything."""

    is_superuser = True
