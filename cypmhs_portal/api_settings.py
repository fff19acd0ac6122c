"""Settings of the API: its sign-in, its answers and its document. It asks nothing of the environment."""

from typing import Any

TOKEN_SECONDS = 15 * 60

# As contracts.models.Scope has them; a test compares the two.
SCOPES = {
    "early-help:write": "Send the council’s Early Help cases, and read them back",
    "figures:read": "Read the agreement, returns, figures and reconciliations",
    "returns:write": "Upload returns",
    "money:read": "Read funding lines and payments",
}

OAUTH2_PROVIDER: dict[str, Any] = {
    "SCOPES_BACKEND_CLASS": "contracts.api.scopes.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": TOKEN_SECONDS,
    # The library registers its own admin pages; contracts.admin.clients takes them out again.
    "APPLICATION_ADMIN_CLASS": "django.contrib.admin.ModelAdmin",
    # A token is kept as its checksum only.
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    # What follows opens and closes nothing here: the only way in is a client's own secret, at the portal's own address.
    # `check --deploy` asks for it, for RFC 9700: the library warns of what is left open (oauth2_provider.W001 to W005),
    # and calls it an error (E002 to E005) where one of the others stands beside a setting that breaks it.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
}

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["contracts.api.authentication.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": ["contracts.api.scopes.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["contracts.api.throttles.ClientThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer", "contracts.api.csv.CsvRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "contracts.api.negotiation.FormOfAnswer",
    "DEFAULT_SCHEMA_CLASS": "contracts.api.document.DescribedOperation",
    "EXCEPTION_HANDLER": "contracts.api.problems.as_problem",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Joint funding portal",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "What an agreement between a council and the NHS delivers for the money paid into it.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    # Choices stand where they are used: two fields of one name need not have the same.
    "POSTPROCESSING_HOOKS": ["contracts.api.described.complete"],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "oauth2": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/api/v1/token", "scopes": SCOPES}},
            }
        }
    },
}
