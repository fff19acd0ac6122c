"""Who comes into the admin site, what its pages cost, and what none of them edits."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from contracts.models import Agreement, Area, Place, PlaceKind, Role, Target
from performance.actions.days import make_obligations
from performance.actions.sync_alerts import write_alerts
from performance.models import Upload, Version
from performance.recompute import work_off
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, take_in
from tests.performance.council_sync import agreed, came, sender

NEVER_EDITED = [
    "return",
    "version",
    "upload",
    "line",
    "move",
    "figure",
    "recomputeneed",
    "event",
    "syncrun",
    "syncalert",
]


def names(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_comes_in_anywhere(client: Client, kent: Kent, role: Role) -> None:
    signed_in(client, kent.people[role])
    door = reverse("admin:login")
    assert client.get(door).status_code == 403
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith(door), address


def test_a_stranger_is_sent_to_the_portals_own_sign_in(client: Client, kent: Kent) -> None:
    door = reverse("admin:login")
    assert client.get(door).headers["Location"].startswith(reverse("account_login"))
    for address in addresses():
        assert client.get(address).headers["Location"].startswith(door), address


def test_only_the_portals_own_rows_are_edited() -> None:
    """A library's page would leave no event in the audit trail."""
    assert {model._meta.app_label for model in admin.site._registry} == {"contracts", "performance", "funding"}


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client, kent: Kent) -> None:
    administrator = kent.people[Role.ADMINISTRATOR]
    administrator.set_password("correct horse battery staple")
    administrator.save()
    wanted = reverse("admin:contracts_agreement_changelist")
    door = client.get(wanted, follow=True).redirect_chain[-1][0]
    answer = client.post(door, {"login": administrator.email, "password": "correct horse battery staple"}, follow=True)
    assert answer.redirect_chain[-1][0] == wanted
    assert answer.status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_door_leads_nowhere_else(client: Client, kent: Kent, elsewhere: str) -> None:
    signed_in(client, kent.people[Role.ADMINISTRATOR])
    answer = client.get(reverse("admin:login"), {"next": elsewhere})
    assert answer.headers["Location"] == reverse("admin:index")


def test_signing_out_ends_at_the_portals_own_sign_in(client: Client, kent: Kent) -> None:
    signed_in(client, kent.people[Role.ADMINISTRATOR])
    assert client.post(reverse("admin:logout")).headers["Location"] == reverse("account_login")
    assert client.get(reverse("admin:index")).status_code == 302


def test_an_administrator_who_left_is_a_stranger(client: Client, kent: Kent) -> None:
    administrator = kent.people[Role.ADMINISTRATOR]
    signed_in(client, administrator)
    administrator.is_active = False
    administrator.save()
    assert client.get(reverse("admin:index")).status_code == 302


def addresses() -> list[str]:
    """Every address of the admin site; rows need not exist to be refused."""
    found = [reverse("admin:index"), reverse("admin:autocomplete"), reverse("admin:jsi18n"), "/admin/nowhere/"]
    found += [reverse("admin:password_change"), reverse("admin:app_list", args=["contracts"])]
    found.append(reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(Agreement).pk, 1]))
    for model in admin.site._registry:
        name = model._meta.label_lower.replace(".", "_")
        found += [reverse(f"admin:{name}_{page}") for page in ("changelist", "add")]
        found += [reverse(f"admin:{name}_{page}", args=[1]) for page in ("change", "delete", "history")]
    of_client = ("new_secret", "revoke")
    found += [reverse(f"admin:contracts_apiclient_{name}", args=[1]) for name in of_client]
    return [*found, reverse("admin:auth_user_password_change", args=[1])]


@pytest.mark.django_db
def test_the_addresses_above_are_all_there_are() -> None:
    root = next(one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.app_name == "admin")
    entered = {"login", "logout", "password_change_done"}  # for anyone; for nobody but by POST; led to by nothing
    known = {str(get_resolver().resolve(address).url_name) for address in addresses()}
    assert {one.name for one in names(root) if one.name} - known - entered == set()


@pytest.fixture
def full(kent: Kent) -> Kent:
    """The agreement with a return of a month and its figures, so that every kind of row is there but a few."""
    make_obligations(kent.agreement, until=DEMO_DAY)
    take_in(kent, [DEMO_DAY.replace(month=8, day=1)])
    work_off(kent.agreement)
    agreed(kent.agreement, 26)
    came(sender(kent.agreement, DEMO_MOMENT), kent.agreement, DEMO_MOMENT - timedelta(days=3))
    write_alerts(kent.agreement, at=DEMO_MOMENT)
    return kent


def test_every_page_opens_for_an_administrator(client: Client, full: Kent) -> None:
    signed_in(client, full.people[Role.ADMINISTRATOR])
    for model, page in admin.site._registry.items():
        listed = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(listed, {"q": "kent"} if page.search_fields else {})
        assert answer.status_code == 200, listed
        assert len(queries) <= 20, (listed, len(queries))
        row = model._base_manager.order_by("pk").first()
        if row is not None:
            opened = client.get(change_address(row))
            assert opened.status_code == 200, change_address(row)
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("name", NEVER_EDITED)
def test_nothing_submitted_or_written_by_the_portal_is_edited(client: Client, full: Kent, name: str) -> None:
    signed_in(client, full.people[Role.ADMINISTRATOR])
    model = next(one for one in admin.site._registry if one._meta.model_name == name)
    row = admin.site._registry[model].get_queryset(client.get("/admin/").wsgi_request).order_by("pk").first()
    assert row is not None
    assert client.get(add_address(model)).status_code == 403
    page = client.get(change_address(row))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(change_address(row), {}).status_code == 403
    assert client.post(change_address(row).replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403


def test_what_files_say_and_small_counts_are_not_shown(client: Client, full: Kent) -> None:
    signed_in(client, full.people[Role.ADMINISTRATOR])
    upload = Upload.objects.get()
    page = client.get(change_address(upload))
    assert "content" not in {name for _, options in page.context["adminform"].fieldsets for name in options["fields"]}
    equality = Version.objects.get().lines.filter(measure__sheet="Equality").earliest("pk")
    assert client.get(change_address(equality), follow=True).redirect_chain[-1][0] == reverse("admin:index")
    listed = client.get(reverse("admin:performance_line_changelist"), {"q": "Female"}).content.decode()
    assert "0 lines" in listed


def test_a_page_costs_the_same_for_one_row_and_for_many(client: Client, kent: Kent) -> None:
    signed_in(client, kent.people[Role.ADMINISTRATOR])

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    caseload = kent.agreement.indicators.get(code="early-help-caseload")
    pages = [
        change_address(kent.agreement),
        change_address(caseload),
        reverse("admin:contracts_indicator_changelist"),
        reverse("admin:contracts_user_changelist"),
        reverse("admin:performance_return_changelist"),
    ]
    before = [cost(page) for page in pages]
    _grow(kent)
    assert [cost(page) for page in pages] == before


def _grow(kent: Kent) -> None:
    area = kent.agreement.areas.get(code="east-kent")
    Place.objects.bulk_create(
        Place(agreement=kent.agreement, kind=PlaceKind.DISTRICT, code=f"X{n}", name=f"Place {n}", area=area)
        for n in range(40)
    )
    caseload = kent.agreement.indicators.get(code="early-help-caseload")
    Target.objects.bulk_create(
        Target(
            indicator=caseload,
            area=area,
            value=n,
            in_force_from=DEMO_DAY.replace(year=1980 + n),
            in_force_until=DEMO_DAY.replace(year=1981 + n),
        )
        for n in range(20)
    )
    make_obligations(kent.agreement, until=kent.agreement.ends_on)


@pytest.fixture
def other(kent: Kent) -> Agreement:
    """A second agreement, of another kind."""
    agreement = Agreement.objects.create(
        reference="MEDWAY-S75",
        name="Medway",
        short_name="Medway section 75",
        power="s75",
        starts_on=kent.agreement.starts_on,
        ends_on=kent.agreement.ends_on,
        returns_from=kent.agreement.returns_from,
    )
    Area.objects.create(agreement=agreement, code="medway", name="Medway")
    return agreement


def test_a_link_leads_to_things_of_the_same_agreement(client: Client, kent: Kent, other: Agreement) -> None:
    signed_in(client, kent.people[Role.ADMINISTRATOR])
    target = Target.objects.get(indicator__code="early-help-caseload")
    page = client.get(change_address(target.indicator))
    assert "Medway" not in page.content.decode().replace("Medway section 75", "")
    medway = other.areas.get()
    answer = sent(client, change_address(target.indicator), {"targets-0-area": medway.pk})
    assert answer.status_code == 200
    assert errors_of(answer) == ["Select a valid choice. That choice is not one of the available choices."]


def test_a_link_to_another_agreement_is_refused_in_a_sentence(client: Client, kent: Kent, other: Agreement) -> None:
    """On a page that adds a thing every agreement's choices are offered, each under its agreement."""
    signed_in(client, kent.people[Role.ADMINISTRATOR])
    address = reverse("admin:contracts_indicator_add")
    shown = client.get(address).content.decode()
    assert '<optgroup label="CYPMHS section 76 (KCC-CYPMHS-S76)">' in shown
    new = {
        "agreement": other.pk,
        "name": "Held",
        "code": "held",
        "unit": "children",
        "polarity": "higher",
        "element": kent.agreement.elements.get(code="ehu").pk,
    }
    answer = sent(client, address, new)
    assert answer.status_code == 200
    assert errors_of(answer) == ["Select a valid choice. That choice is not one of the available choices."]


def test_an_autocomplete_lists_only_for_administrators(client: Client, kent: Kent) -> None:
    query: dict[str, Any] = {
        "app_label": "performance",
        "model_name": "definition",
        "field_name": "indicator",
        "term": "liaisons",
    }
    signed_in(client, kent.people[Role.ADMINISTRATOR])
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [one["text"] for one in found] == ["Early Help liaisons"]


def test_an_agreement_is_not_deleted(client: Client, kent: Kent) -> None:
    signed_in(client, kent.people[Role.ADMINISTRATOR])
    address = reverse("admin:contracts_agreement_delete", args=[kent.agreement.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403


def test_what_others_rest_on_is_counted_and_not_deleted(client: Client, full: Kent) -> None:
    signed_in(client, full.people[Role.ADMINISTRATOR])
    indicator = full.agreement.indicators.get(code="early-help-caseload")
    address = reverse("admin:contracts_indicator_delete", args=[indicator.pk])
    for answer in (client.get(address), client.post(address, {"post": "yes"})):
        assert "<li>1 target</li>" in answer.content.decode()
        assert f"<li>{indicator.figures.count()} figures</li>" in answer.content.decode()
    assert full.agreement.indicators.filter(pk=indicator.pk).exists()


def test_a_row_others_rest_on_stays_on_its_page(client: Client, full: Kent) -> None:
    signed_in(client, full.people[Role.ADMINISTRATOR])
    answer = sent(client, change_address(full.agreement), {"areas-1-DELETE": "on"})
    assert answer.status_code == 200
    (error,) = errors_of(answer)
    assert error.startswith("“East Kent” stays, because ")
    assert "would lose what they rest on" in error


def test_a_row_nothing_rests_on_goes(client: Client, kent: Kent) -> None:
    signed_in(client, kent.people[Role.ADMINISTRATOR])
    assert sent(client, change_address(kent.agreement), {"documents-0-DELETE": "on"}).status_code == 302
    assert kent.agreement.documents.count() == 4
