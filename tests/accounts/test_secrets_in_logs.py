"""The tokens of mailed links reach no log."""

import logging

import pytest

from tests.accounts.mailbox import delivered, link_in
from tests.factories import UserFactory


@pytest.mark.parametrize("path", ["/undangan/", "/en/sandi/baru/", "/daftar/konfirmasi/", "/akun/alamat/"])
def test_the_address_is_cut(path, caplog):
    logging.getLogger("gunicorn.access").warning('"GET %sRAHASIA:abc/ HTTP/1.1" 200', path)
    assert "RAHASIA" not in caplog.text and path in caplog.text


@pytest.mark.django_db
def test_what_django_logs_of_a_used_link_holds_no_token(client, caplog):
    user = UserFactory()
    client.post("/sandi/lupa/", {"address": user.email})
    path = link_in(delivered()[0])
    user.set_password("lain")
    user.save()
    assert client.get(path).status_code == 410
    assert path.split("/")[3] not in caplog.text
