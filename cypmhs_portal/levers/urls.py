"""Addresses of what is suggested, and of asking for a notice."""

from django.urls import URLPattern, path

from cypmhs_portal.levers import views

urlpatterns: list[URLPattern] = [
    path("agreements/<slug:reference>/notices/suggested/", views.notices_suggested, name="notices_suggested"),
    path("agreements/<slug:reference>/notices/ask/", views.notice_ask, name="notice_ask"),
]
