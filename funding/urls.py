"""Addresses of money: the page of money and the open book."""

from django.urls import URLPattern, path

from funding.views import money, open_book

MONEY = "agreements/<slug:reference>/money/"

urlpatterns: list[URLPattern] = [
    path(MONEY, money.money, name="money"),
    path(f"{MONEY}csv/", money.money_csv, name="money_csv"),
    path(f"{MONEY}open-book/", open_book.open_book, name="open_book"),
]
