"""Addresses of the pages of variations."""

from django.urls import URLPattern, path

from cypmhs_portal.variations import drafting, steps, views

HERE = "agreements/<slug:reference>/variations/"
ONE = f"{HERE}<int:variation>/"

urlpatterns: list[URLPattern] = [
    path(HERE, views.variations, name="variations"),
    path(f"{HERE}new/", drafting.variation_new, name="variation_new"),
    path(ONE, views.variation_detail, name="variation_detail"),
    path(f"{ONE}draft/", drafting.variation_edit, name="variation_edit"),
    path(f"{ONE}change/", drafting.variation_change, name="variation_change"),
    path(f"{ONE}change/<int:part>/removal/", drafting.variation_leave, name="variation_leave"),
    path(f"{ONE}proposal/", steps.variation_propose, name="variation_propose"),
    path(f"{ONE}signature/", steps.variation_sign, name="variation_sign"),
    path(f"{ONE}refusal/", steps.variation_decline, name="variation_decline"),
    path(f"{ONE}withdrawal/", steps.variation_withdraw, name="variation_withdraw"),
    path(f"{ONE}copy/", steps.variation_copy, name="variation_copy"),
]
