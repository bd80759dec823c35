"""Readers' pages run nothing inline and load nothing foreign; the admin gets what Wagtail needs."""

import pytest


def policy(response) -> dict[str, list[str]]:
    """Return a response's content security policy as directive -> sources."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/tidak-ada/"])
def test_public_pages_have_the_strict_policy(client, path):
    directives = policy(client.get(path))
    assert directives["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "img-src", "font-src", "connect-src"):
        assert directives[name] == ["'self'"]
    assert "unsafe" not in str(directives)


@pytest.mark.django_db
def test_the_admin_has_its_own_policy(client):
    directives = policy(client.get("/admin/login/"))
    assert "'unsafe-inline'" in directives["script-src"]
    assert directives["default-src"] == ["'self'"]
    assert directives["object-src"] == ["'none'"]
    assert not any(source.startswith("http") for sources in directives.values() for source in sources)


@pytest.mark.django_db
def test_other_headers_are_there(client):
    response = client.get("/healthz")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_health_is_never_cached_and_only_read(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert client.post("/healthz").status_code == 405
