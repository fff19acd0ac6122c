"""The parts that pages are made of, rendered with the portal's own settings."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from contracts.date_input import DayMonthYear

HOSTILE = "<script>alert('x')</script>"


def render(source, **context):
    return Template("{% load components figures %}" + source).render(Context(context))


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("verdict", "terms", "text", "colour"),
    [
        ("green", "", "Green: target met", "green"),
        ("amber", "", "Amber: floor met, target not", "yellow"),
        ("red", "target floor 'children'", "Red: below floor of 240", "red"),
        ("red", "target floor 'percent' 'lower'", "Red: above floor of 240%", "red"),
        ("red", "target floor 'percent' 'closest'", "Red: more than 240% from the target of 300%", "red"),
        ("red", "target", "Red: below target of 300", "red"),
        ("not_available", "", "Grey: not available", "grey"),
    ],
)
def test_a_verdict_says_colour_and_meaning(verdict, terms, text, colour):
    html = render(
        "{% verdict_tag verdict " + terms + " %}", verdict=verdict, target=Decimal("300.0"), floor=Decimal("240.00")
    )
    assert html == f'<strong class="tag tag--{colour}">{text}</strong>'


def test_nothing_agreed_has_no_tag():
    assert render("{% verdict_tag 'none' %}") == ""


@pytest.mark.parametrize(
    "source", ["{% verdict_tag 'pink' %}", "{% tag 'Paid' 'pink' %}", "{% step 'x' 'pink' %}{% endstep %}"]
)
def test_an_unknown_choice_is_refused_in_plain_words(source):
    with pytest.raises(TemplateSyntaxError, match=r"Found the \w+ 'pink'\. Expected one of"):
        render(source)


def test_a_sign_stands_with_its_words():
    assert text_of(render("{% trend_sign 'improvement_high' %}")) == "Improving: a real change"
    assert "<svg" in render("{% trend_sign 'improvement_high' %}")


@pytest.mark.parametrize("source", ["{% trend_sign None %}", "{% trend_sign 'pass' 'higher' True %}"])
def test_too_few_months_have_words_and_no_sign(source):
    html = render(source)
    assert text_of(html) == "Too few months to tell"
    assert "<svg" not in html


def test_a_sparkline_is_read_out_and_drawn_without_style_attributes():
    html = render(
        "{% sparkline values target 'children' name %}",
        values=[Decimal(1), None, Decimal(2)],
        target=Decimal(3),
        name=HOSTILE,
    )
    assert 'role="img"' in html
    assert "target 3" in html
    assert "style=" not in html
    assert "<script" not in html


def test_a_sparkline_without_a_value_says_so():
    assert "No month has a value to draw." in render("{% sparkline values %}", values=[None])


def test_a_share_stands_with_both_its_numbers():
    html = render(
        "{% share_bar share 'teal' 'of caseload' '191 of 13,783 children' '/figure/' %}",
        share=Decimal(191) / Decimal(13783) * 100,
    )
    assert text_of(html) == "1.4% of caseload 191 of 13,783 children"
    assert 'href="/figure/"' in html
    assert '<rect width="1.4"' in html


def test_no_share_is_no_bar_and_no_nought():
    html = render("{% share_bar None 'teal' 'Caseload' 'Not reported by the provider' %}")
    assert text_of(html) == "Caseload: not available Not reported by the provider"
    assert "<svg" not in html
    assert "0" not in text_of(html)


def test_rows_of_one_comparison_share_a_scale():
    source = "{% share_row share 'blue' 'of value' whole %}"
    rows = [render(source, share=Decimal(share), whole=Decimal("7.3")) for share in ("7.3", "3.65", "0.001")]
    assert re.findall(r'<svg width="(\d+)"', "".join(rows)) == ["280", "140", "2"]


def test_a_missing_row_gives_its_reason():
    html = render("{% share_row None 'teal' 'Caseload' whole 'not reported' %}", whole=Decimal(7))
    assert text_of(html) == "Caseload: not reported"


def test_a_chart_holds_its_reading_its_data_and_an_open_table():
    figure = {
        "data": [{"name": HOSTILE}],
        "layout": {},
        "legend": [{"mark": "square", "colour": "#12436d", "text": "A"}],
    }
    html = render(
        "{% chart 'caseload' figure title 'It rose.' 'Seventeen points.' %}<table></table>{% endchart %}",
        figure=figure,
        title=HOSTILE,
    )
    assert html.index("It rose.") < html.index("<figure") < html.index("<figcaption") < html.index("<table>")
    assert '<details class="govuk-details" open data-closed-by-script>' in html
    assert 'data-chart="caseload-figure"' in html
    assert '<script id="caseload-figure" type="application/json">' in html
    assert html.count("<script") == 1
    assert "Seventeen points." in html


def test_a_figure_leads_to_where_it_comes_from():
    assert render("{% quiet_link '191' '/figure/1/' %}") == '<a class="quiet-link" href="/figure/1/">191</a>'
    assert render("{% quiet_link text %}", text=HOSTILE) == "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"


def test_breadcrumbs_end_with_this_page():
    html = render("{% breadcrumbs 'Returns' '/returns/' 'August 2019' %}")
    assert '<a class="govuk-breadcrumbs__link" href="/returns/">Returns</a>' in html
    assert '<li class="govuk-breadcrumbs__list-item" aria-current="page">August 2019</li>' in html


class EveryWidget(forms.Form):
    """One field of each kind the portal uses."""

    reference = forms.CharField(help_text=f"As in the {HOSTILE}")
    email = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput)
    note = forms.CharField(widget=forms.Textarea)
    element = forms.ChoiceField(choices=[("ehu", "Early Help")])
    decision = forms.ChoiceField(choices=[("accept", "Accept"), ("query", "Send back")], widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(choices=[("e", "East Kent")], widget=forms.CheckboxSelectMultiple)
    checked = forms.BooleanField(help_text="All of them")
    workbook = forms.FileField()
    day = forms.DateField(widget=DayMonthYear)


def field_of(form, name):
    return form[name].as_field_group()


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("reference", '<input type="text" name="reference" class="govuk-input"'),
        ("email", '<input type="email" name="email" class="govuk-input"'),
        ("password", "govuk-js-password-input-toggle"),
        ("note", '<textarea name="note" class="govuk-textarea"'),
        ("element", '<select name="element" class="govuk-select"'),
        ("decision", 'class="govuk-radios__input" type="radio"'),
        ("areas", 'class="govuk-checkboxes__input" type="checkbox"'),
        ("checked", '<input type="checkbox" name="checked" class="govuk-checkboxes__input"'),
        ("workbook", '<input type="file" name="workbook" class="govuk-file-upload"'),
        ("day", 'inputmode="numeric" name="day_month"'),
    ],
)
def test_each_field_is_a_govuk_form_group(name, mark):
    html = field_of(EveryWidget(), name)
    assert html.strip().startswith('<div class="govuk-form-group">')
    assert mark in html
    assert HOSTILE not in html
    assert html.count('class="') == len(re.findall(r'<\w+[^>]*? class="', html)), "an element has two classes"


@pytest.mark.parametrize("name", list(EveryWidget.base_fields))
def test_labels_hints_and_errors_are_tied_to_their_field(name):
    html = field_of(EveryWidget({}), name)
    assert 'class="govuk-form-group govuk-form-group--error"' in html
    assert "govuk-error-message" in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for label in re.findall(r'<label[^>]* for="([^"]+)"', html):
        assert label in ids
    described = [part for found in re.findall(r'aria-describedby="([^"]+)"', html) for part in found.split()]
    assert f"id_{name}_error" in described
    assert set(described) <= set(ids)


def test_the_error_summary_leads_to_each_field():
    form = EveryWidget({"day_day": "31", "day_month": "2", "day_year": "2019"})
    html = render("{% error_summary form %}", form=form)
    fields = "".join(field_of(form, name) for name in form.fields)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == len(EveryWidget.base_fields)
    assert all(f'id="{target}"' in fields for target in targets)
    assert 'value="31"' in field_of(form, "day")


def test_no_error_is_no_summary():
    assert render("{% error_summary form %}", form=EveryWidget()).strip() == ""
    assert render("{% error_summary findings %}", findings=[]).strip() == ""


def test_a_date_in_three_fields_is_a_date():
    class Meeting(forms.Form):
        day = forms.DateField(widget=DayMonthYear, required=False)

    form = Meeting({"day_day": "5", "day_month": "8", "day_year": "2019"})
    assert form.is_valid()
    assert f"{form.cleaned_data['day']:%Y-%m-%d}" == "2019-08-05"
    assert Meeting({}).is_valid()
    assert not Meeting({"day_day": "5", "day_month": "", "day_year": "2019"}).is_valid()


def finding(**changes):
    given = {
        "level": "error",
        "sheet": "Activity",
        "cell": "F2",
        "found": HOSTILE,
        "expected": "192",
        "remedy": "Correct F2",
    }
    return SimpleNamespace(**{**given, **changes})


def test_a_findings_summary_leads_to_its_cards():
    found = [finding(), finding(sheet=None, cell=None, found="No month")]
    summary = render("{% error_summary findings 'Two errors' %}", findings=found)
    cards = "".join(
        render("{% finding item number %}{% endfinding %}", item=f, number=n) for n, f in enumerate(found, 1)
    )
    assert text_of(summary).startswith("Two errors Activity F2: &lt;script&gt;")
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in cards
    assert HOSTILE not in summary + cards


def test_a_finding_says_found_expected_and_remedy():
    card = render(
        "{% finding item 1 'Areas do not add' %}<em>reason</em>{% endfinding %}", item=finding(level="warning")
    )
    assert text_of(card).startswith("F2 Warning Areas do not add Found &lt;script&gt;")
    assert text_of(card).endswith("Expected 192 Put it right Correct F2 reason")


def test_a_fact_a_step_and_a_summary_row():
    fact = render("{% fact 'Staff in post' '9.4' 'of 13.0 WTE' '/f/' %}72.3% in post{% endfact %}")
    assert text_of(fact) == "Staff in post 9.4 of 13.0 WTE 72.3% in post"
    step = render("{% step '2. Check' 'now' '5 errors' %}{% endstep %}")
    assert 'aria-current="step"' in step
    assert text_of(step) == "2. Check : current step 5 errors"
    row = render("{% summary_row key %}{{ value }}{% endsummary_row %}", key=HOSTILE, value=HOSTILE)
    assert HOSTILE not in row


def test_not_reported_is_a_sentence_with_its_reason_and_a_grey_tag():
    html = render("{% not_reported 'NELFT' reason %}", reason="Not recorded separately")
    assert text_of(html) == "Not reported NELFT: ‘Not recorded separately’ Grey: not available"
    assert text_of(render("{% not_available reason %}", reason=HOSTILE)).startswith("Not available &lt;script")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ amount|money }}", "£58,739.27"),
        ("{{ amount|pounds }}", "£58,739"),
        ("{{ amount|percent }}", "58,739.3%"),
        ("{{ amount|decimal }}", "58,739.3"),
        ("{{ amount|quantity:'WTE' }}", "58,739.3 WTE"),
        ("{{ amount|term:'percent' }}", "58,739.27%"),
        ("{{ count|whole }}", "13,783"),
        ("{{ count|counted:'child,children' }}", "13,783 children"),
        ("{{ nothing|money }}", ""),
    ],
)
def test_filters_write_as_formatting_does(source, text):
    assert render(source, amount=Decimal("58739.27"), count=13783, nothing=None) == text


def test_a_moment_is_written_in_the_portals_time_zone():
    accepted = datetime(2019, 9, 18, 9, 42, tzinfo=UTC)
    assert render("{{ accepted|moment }}", accepted=accepted) == "18 September 2019 at 10:42am"
