"""Content security policy: strict for readers, looser below the admin.

Public pages load nothing but the site's own files and run no inline script or style. Wagtail's admin writes both
inline, so its addresses, previews shown in its panel included, get a policy of their own.
"""

from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import default_config
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp's middleware with a second policy for the addresses in ``CSP_STAFF_PREFIXES``."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy that a response gets; a view's own decorator still wins."""
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only and request.path_info.startswith(settings.CSP_STAFF_PREFIXES):
            parts.config = default_config(settings.CSP_STAFF_DIRECTIVES)
        return parts
