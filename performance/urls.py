"""Addresses of returns and of single figures."""

from django.urls import URLPattern, path

urlpatterns: list[URLPattern] = []
