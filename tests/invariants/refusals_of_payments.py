"""What breaks each constraint and trigger of payments, their tests, shortfall rates and annual statements."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

from contracts.audit import Actor
from contracts.models import Agreement, Membership, Organisation, Role, ServiceElement, User
from funding.actions.reversing import reverse
from funding.actions.steps import send
from funding.models import (
    AnnualStatement,
    ElementTest,
    Payment,
    PaymentItem,
    PaymentLine,
    PaymentMove,
    ShortfallRate,
    StatementCertificate,
    StatementLine,
    StatutoryTest,
)
from performance.models import Measure
from tests.invariants.refusals import Refusals, again, changed, element_elsewhere, elsewhere, first
from tests.kent import DEMO_MOMENT, Kent
from tests.money import approved, certified, finance, kcc, paid, put_to_the_test, second_finance

# PostgreSQL's NaN passes for more than any number.
NO_NUMBER = RawSQL("'NaN'::numeric", [])
JULY, MID_JULY = date(2019, 7, 1), date(2019, 7, 15)


def here() -> Kent:
    """Kent as the database has it, for a row that a test asks for without it."""
    people = Membership.objects.select_related("user").order_by("-pk")
    return Kent(first(Agreement), {Role(held.role): held.user for held in people})


def payment() -> Payment:
    """August's payment as it is certified, with a deduction."""
    return certified(here())


def bare(**changes: object) -> Payment:
    """A payment without lines, whose sums are as `changes` say."""
    other = {"number": 90, "month": JULY, "due": 0, "deducted": 0, "added": 0, "to_pay": 0}
    return again(payment(), **other | changes)


def line() -> PaymentLine:
    return first(PaymentLine, payment=payment())


def item() -> PaymentItem:
    return first(PaymentItem, payment=payment())


def step() -> PaymentMove:
    return first(PaymentMove, payment=payment())


def recorded_test() -> StatutoryTest:
    return put_to_the_test(here(), payment()).test


def answer() -> ElementTest:
    return first(ElementTest, test=recorded_test())


def sent(month: date = JULY) -> Payment:
    kent = here()
    by = Actor.person(second_finance(kent))
    return send(approved(kent, certified(kent, month)), by=by, at=DEMO_MOMENT)


def counter_entry() -> Payment:
    kent = here()
    return reverse(paid(kent), reason="Paid twice", by=Actor.person(finance(kent)), at=DEMO_MOMENT)


def stepped(row: Payment, to: str) -> Payment:
    """A payment with the step written that its state does not follow yet."""
    PaymentMove.objects.create(
        payment=row,
        from_state=row.state,
        to_state=to,
        by=second_finance(here()),
        by_name="Daniel Price",
        at=DEMO_MOMENT,
        reason="Said",
    )
    return row


def reversed_alone(_: Kent) -> None:
    changed(stepped(paid(here()), "reversed"), state="reversed")


def in_an_unknown_state(_: Kent) -> None:
    before = payment()
    # A trigger refuses it first.
    trigger = next(one for one in Payment._meta.triggers if one.name == "a_payment_starts_certified")  # type: ignore[attr-defined]  # added by pgtrigger
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pgtrigger.ignore = '{{{trigger.get_pgid(Payment)}}}'")
    again(before, number=90, month=JULY, state="lost")


def approved_by_who_certified(_: Kent) -> None:
    tested = put_to_the_test(here(), payment())
    again(first(PaymentMove, payment=tested), from_state="tested", to_state="approved")


def untested(_: Kent) -> None:
    changed(stepped(payment(), "approved"), state="approved")


def new_element(kent: Kent) -> ServiceElement:
    return again(first(ServiceElement, agreement=kent.agreement), code="new", name="New")


PAYMENTS: Refusals = {
    "a_payment_number_is_used_once": lambda _: again(payment(), month=JULY),
    "a_month_is_paid_once": lambda _: again(payment(), number=90),
    "a_payment_is_reversed_once": lambda _: again(counter_entry(), number=90),
    "a_ledger_reference_is_used_once": lambda kent: changed(
        stepped(sent(), "paid"), state="paid", ledger_reference=paid(kent).ledger_reference
    ),
    "a_payment_is_of_a_whole_month": lambda _: bare(month=MID_JULY),
    "a_payment_is_in_a_known_state": in_an_unknown_state,
    "what_is_to_pay_follows_from_what_is_due": lambda _: bare(due=5),
    "only_a_counter_entry_takes_money_back": lambda _: bare(due=-5, to_pay=-5),
    "what_was_paid_has_its_reference": lambda _: changed(stepped(sent(), "paid"), state="paid"),
    "payments_are_not_deleted": lambda _: Payment.objects.filter(pk=payment().pk)._raw_delete("default"),
    "a_payment_is_between_parties": lambda _: bare(payer=Organisation.objects.get(short_name="NELFT")),
    "a_payment_starts_certified": lambda _: bare(state="approved"),
    "a_payment_moves_as_the_table_has_it": lambda _: changed(payment(), state="sent"),
    "a_payment_adds_up": lambda _: changed(bare(due=5, to_pay=5), state="cancelled"),
    "no_payment_leaves_without_its_test": untested,
    "what_was_certified_is_not_edited": lambda _: changed(payment(), due=5, to_pay=5),
    "a_payment_moves_with_its_step": lambda _: changed(payment(), state="cancelled"),
    "a_counter_entry_turns_a_paid_payment": lambda _: again(counter_entry(), number=90, due=-5, deducted=0, to_pay=-5),
    "a_payment_is_reversed_with_its_counter_entry": reversed_alone,
    "a_payment_is_of_amounts": lambda _: bare(due=NO_NUMBER, to_pay=NO_NUMBER),
    "nobody_pays_themselves": lambda _: bare(payee=kcc()),
    "a_ledger_reference_is_not_edited": lambda kent: changed(paid(kent), ledger_reference="KCC-X"),
}
LINES: Refusals = {
    "a_payment_has_one_line_an_element": lambda _: again(line()),
    "payment_lines_are_append_only": lambda _: changed(line(), due=5),
    "payment_lines_are_written_with_their_payment": lambda _: again(first(PaymentLine, payment=sent())),
    "a_payment_line_has_its_payments_sign": lambda _: again(line(), due=-5),
    "a_payment_line_is_an_amount": lambda kent: again(line(), due=NO_NUMBER, element=new_element(kent)),
    "a_payment_line_is_of_its_agreement": lambda kent: again(line(), element=element_elsewhere(kent)),
}
ITEMS: Refusals = {
    "a_deduction_or_addition_is_not_nothing": lambda _: again(item(), amount=0),
    "a_deduction_or_addition_has_a_reason": lambda _: again(item(), amount=1, reason=""),
    "an_item_is_a_deduction_or_an_addition": lambda _: again(item(), direction="refund"),
    "an_item_is_for_a_whole_month": lambda _: again(item(), amount=1, for_month=MID_JULY),
    "a_deduction_or_addition_names_what_it_rests_on": lambda _: again(item(), amount=1, version=None),
    "payment_items_are_append_only": lambda _: changed(item(), amount=1),
    "payment_items_are_written_with_their_payment": lambda _: again(first(PaymentItem, payment=sent()), amount=1),
    "a_payment_item_has_its_payments_sign": lambda _: again(item(), amount=-5),
    "a_deduction_or_addition_is_an_amount": lambda _: again(item(), direction="addition", amount=NO_NUMBER),
    "a_deduction_is_not_above_what_is_due": lambda _: again(item(), amount=Decimal("7600.01")),
    "a_payment_item_is_of_its_agreement": lambda kent: again(
        item(), direction="addition", element=element_elsewhere(kent)
    ),
}
STEPS: Refusals = {
    "a_payment_takes_a_step_once": lambda _: again(step()),
    "a_payment_step_changes_the_state": lambda _: again(step(), from_state="certified"),
    "a_payment_is_stopped_for_a_reason": lambda _: again(step(), from_state="certified", to_state="cancelled"),
    "payment_moves_are_append_only": lambda _: changed(step(), reason="Another reason"),
    "a_payment_step_starts_where_the_payment_is": lambda _: again(step(), from_state="sent", to_state="paid"),
    "nobody_approves_what_they_certified": approved_by_who_certified,
}
TESTS: Refusals = {
    "a_statutory_test_has_its_grounds": lambda kent: StatutoryTest.objects.create(
        payment=payment(), question="Is it?", grounds="", by=finance(kent), by_name="Priya Shah", at=DEMO_MOMENT
    ),
    "statutory_tests_are_append_only": lambda _: changed(recorded_test(), grounds="Other grounds"),
    "a_payment_is_tested_before_it_moves_on": lambda _: again(recorded_test(), payment=sent()),
    "a_test_answers_for_an_element_once": lambda _: again(answer()),
    "answers_to_a_test_are_append_only": lambda _: changed(answer(), is_met=False),
    "a_test_is_of_elements_of_its_agreement": lambda kent: again(answer(), element=element_elsewhere(kent)),
}


def measure_elsewhere(kent: Kent) -> Measure:
    return again(first(Measure, element=None, pathway=None), agreement=elsewhere(kent))


def moved_elsewhere(kent: Kent) -> None:
    element = element_elsewhere(kent)
    measure = again(first(Measure, element=None, pathway=None), agreement=element.agreement)
    changed(first(ShortfallRate), agreement=element.agreement, element=element, funded=measure, in_post=measure)


RATES: Refusals = {
    "shortfall_rates_of_an_element_do_not_overlap": lambda _: again(first(ShortfallRate), in_force_from=JULY),
    "a_shortfall_rate_ends_after_it_starts": lambda _: changed(
        first(ShortfallRate), in_force_from=JULY, in_force_until=JULY
    ),
    "a_shortfall_rate_in_pounds_has_pounds": lambda _: changed(first(ShortfallRate), basis="rate"),
    "a_shortfall_rate_keeps_its_agreement": moved_elsewhere,
    "a_shortfall_rate_is_of_its_agreement": lambda kent: changed(
        first(ShortfallRate), temporary=measure_elsewhere(kent)
    ),
}


def statement(**changes: object) -> AnnualStatement:
    kent = here()
    fields = {
        "agreement": kent.agreement,
        "payer": kcc(),
        "recipient": Organisation.objects.get(short_name="West Kent CCG"),
        "year_start": date(2018, 4, 1),
        "number": AnnualStatement.objects.count() + 1,
        "ledger_total": Decimal("5.00"),
        "prepared_by": finance(kent),
        "prepared_by_name": "Priya Shah",
        "prepared_at": DEMO_MOMENT,
    }
    return AnnualStatement.objects.create(**fields | changes)


def statement_line(**changes: object) -> StatementLine:
    element = here().agreement.elements.get(code="ehu")
    money = dict.fromkeys(("due", "paid", "spent"), Decimal("5.00")) | {"deducted": Decimal(0), "added": Decimal(0)}
    fields = {"statement": changes.get("statement") or statement(), "element": element, **money}
    return StatementLine.objects.create(**fields | changes)


def certificate(**changes: object) -> StatementCertificate:
    officer = here().people[Role.COORDINATING_COMMISSIONER]
    fields = {"by": officer, "by_name": "Helen Marsh", "office": "Chief Finance Officer", "at": DEMO_MOMENT}
    of = changes.get("statement") or statement_line().statement
    return StatementCertificate.objects.create(**{"statement": of, **fields} | changes)


def officer_who_prepared(kent: Kent) -> User:
    person = finance(kent)
    recipient = Organisation.objects.get(short_name="West Kent CCG")
    Membership.objects.create(user=person, organisation=recipient, role=Role.COORDINATING_COMMISSIONER)
    return person


def certified_after_its_replacement(_: Kent) -> None:
    replaced = statement_line().statement
    statement()
    certificate(statement=replaced)


STATEMENTS: Refusals = {
    "a_statement_number_is_used_once_a_year": lambda _: again(statement()),
    "a_statement_is_of_a_financial_year": lambda _: statement(year_start=JULY),
    "statements_are_append_only": lambda _: changed(statement(), why="Another ledger"),
    "a_statement_has_one_line_an_element": lambda _: again(statement_line()),
    "a_variance_is_explained": lambda _: statement_line(spent=Decimal(4)),
    "statement_lines_are_append_only": lambda _: changed(statement_line(), explanation="Late"),
    "a_certified_statement_has_no_more_lines": lambda _: statement_line(statement=certificate().statement),
    "a_statement_line_is_of_its_agreement": lambda kent: statement_line(element=element_elsewhere(kent)),
    "who_certifies_a_statement_names_their_office": lambda _: certificate(office=""),
    "certificates_are_append_only": lambda _: changed(certificate(), office="Accountant"),
    "nobody_certifies_a_statement_they_prepared": lambda kent: certificate(by=officer_who_prepared(kent)),
    "a_statement_is_certified_by_its_recipient": lambda kent: certificate(by=second_finance(kent)),
    "a_replaced_statement_is_not_certified": certified_after_its_replacement,
    "a_statement_is_certified_whole": lambda _: certificate(statement=statement()),
}
OF_PAYMENTS: Refusals = {**PAYMENTS, **LINES, **ITEMS, **STEPS, **TESTS, **RATES, **STATEMENTS}
ROWS_OF_PAYMENTS: dict[type[Model], Callable[[], Model]] = {
    PaymentLine: line,
    PaymentItem: item,
    PaymentMove: step,
    StatutoryTest: recorded_test,
    ElementTest: answer,
    AnnualStatement: statement,
    StatementLine: statement_line,
    StatementCertificate: certificate,
}
