"""Systems that use the API, in the admin site: made, given scopes, given a new secret, revoked."""

from django.contrib import admin

from contracts.models import ApiClient

# The library registered a page of its own, which would show and change what leaves no event.
admin.site.unregister(ApiClient)
