"""Addresses of the exit of an element."""

from django.urls import URLPattern, path

from cypmhs_portal.exits import views

EXIT = "agreements/<slug:reference>/elements/<slug:code>/exit/"
ITEM = f"{EXIT}handover/<int:item>/"

urlpatterns: list[URLPattern] = [
    path(EXIT, views.element_exit, name="element_exit"),
    path(f"{EXIT}handover/", views.handover_add, name="handover_add"),
    path(f"{EXIT}handover/standard/", views.handover_standard, name="handover_standard"),
    path(f"{ITEM}done/", views.handover_done, name="handover_done"),
    path(f"{ITEM}not-needed/", views.handover_drop, name="handover_drop"),
    path(f"{ITEM}open-again/", views.handover_reopen, name="handover_reopen"),
]
