"""Settings for a public host: secrets and host names are required, cookies and redirects are strict."""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, SECRET_KEY, env, read, read_number
from .environment import wrong

if len(SECRET_KEY) < 50:
    raise wrong("SECRET_KEY", "at least 50 characters are needed")
if not ALLOWED_HOSTS:
    raise wrong("ALLOWED_HOSTS", "name at least one host")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = read(env.bool, "SECURE_SSL_REDIRECT", default=True)
# The proxy asks from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = read_number(env.int, "SECURE_HSTS_SECONDS", default=3600, lowest=0)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
