"""What the import's tests stand on: reference data as a new hub has them, and a quiet search index."""

import pytest

from innovation_hub.imports import services


@pytest.fixture
def collection(db, settings, tmp_path, monkeypatch):
    """A hub with its vocabularies, regions and agencies; files go to a folder of the test, nothing is indexed."""
    from innovation_hub.innovations.services.vocabularies import load_all

    load_all()
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private"), "base_url": None},
        },
    }
    monkeypatch.setattr(services, "drain", lambda: True)
    return tmp_path
