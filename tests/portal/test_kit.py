"""Rules that hold for every template, style sheet and vendored file."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLE = (ROOT / "static" / "css" / "portal.css").read_text()
SMALLEST_PIXELS = 15


@pytest.fixture(params=TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def template(request):
    return request.param.read_text()


def test_no_template_needs_what_the_security_policy_refuses(template):
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", template)
    for script in re.findall(r"<script[^>]*>", template):
        assert "src=" in script


def test_every_static_file_that_a_template_names_exists(template):
    for name in re.findall(r"{% static '([^']+)' %}", template):
        assert finders.find(name), name


def test_no_template_marks_a_value_as_safe(template):
    assert not re.search(r"\|\s*safe\b|autoescape off", template)


def test_no_text_is_smaller_than_fifteen_pixels():
    sizes = [float(size) * 16 for size in re.findall(r"font-size: ([\d.]+)rem", STYLE)]
    sizes += [float(size) * 16 for size in re.findall(r"--(?:small|text): ([\d.]+)rem", STYLE)]
    assert min(sizes) >= SMALLEST_PIXELS
    assert not re.search(r"font-size: [\d.]+(?:px|em)\b", STYLE)


def test_neither_font_nor_crest_of_govuk_is_served():
    for path in (ROOT / "static").rglob("*"):
        assert path.suffix not in {".woff", ".woff2", ".ttf", ".ico"}
        if path.suffix in {".css", ".svg"}:
            assert not re.search("@font-face|GDS Transport|crest|sourceMappingURL", path.read_text()), path


def test_every_vendored_package_has_its_licence_and_a_line_in_the_list():
    folders = [path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir()]
    listed = (ROOT / "static" / "vendor" / "README.md").read_text()
    assert folders
    for folder in folders:
        assert "Permission is hereby granted" in (folder / "LICENSE.txt").read_text()
        assert folder.name in listed


def test_the_page_for_a_fault_needs_no_context():
    html = render_to_string("500.html")
    assert "Sorry, there is a problem" in html
    assert "{%" not in html


@pytest.mark.django_db
def test_signing_in_says_what_is_wrong_beside_the_field_and_above_the_form():
    page = Client().post(reverse("account_login"), {"login": "", "password": ""}).content.decode()
    assert "<title>Error: Sign in" in page
    assert 'href="#id_login"' in page
    assert 'id="id_login_error"' in page
    assert "novalidate" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_reset_password", "Reset your password"),
        ("account_reset_password_done", "Check your email"),
        ("account_inactive", "This account is closed"),
    ],
)
def test_the_doors_of_the_portal_look_like_the_portal(name, heading):
    page = Client().get(reverse(name)).content.decode()
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page
    assert "portal-header" in page
    assert "css/portal.css" in page
