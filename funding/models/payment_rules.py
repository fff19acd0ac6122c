"""What the database refuses of payments, their lines and items, in SQL: of NEW, and where a row is changed OLD."""

from funding.payment_moves import LIVE, MOVES

PAYMENTS = "funding_payment"
IS_NO_MOVE = "NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({})".format(
    ", ".join(f"'{before.value}>{after.value}'" for before, after in MOVES if before)
)
IS_NO_PARTY = """NOT EXISTS (SELECT 1 FROM contracts_party WHERE agreement_id = NEW.agreement_id
    AND organisation_id = NEW.payer_id AND role = 'council') OR NOT EXISTS (SELECT 1 FROM contracts_party
    WHERE agreement_id = NEW.agreement_id AND organisation_id = NEW.payee_id)"""
SUM_OF_ITEMS = """(SELECT coalesce(sum(amount), 0) FROM funding_paymentitem
    WHERE payment_id = NEW.id AND direction = '{}')"""
DOES_NOT_ADD_UP = f"""NEW.state <> OLD.state AND (
    NEW.due <> (SELECT coalesce(sum(due), 0) FROM funding_paymentline WHERE payment_id = NEW.id)
    OR NEW.deducted <> {SUM_OF_ITEMS.format("deduction")} OR NEW.added <> {SUM_OF_ITEMS.format("addition")})"""
MOVES_WITHOUT_STEP = """NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM funding_paymentmove
    WHERE payment_id = NEW.id AND from_state = OLD.state AND to_state = NEW.state)"""
# An element with something to pay and without a test that was met.
IS_NOT_TESTED = """NEW.state IN ('tested', 'approved') AND OLD.state <> NEW.state AND NEW.kind = 'payment' AND EXISTS (
    SELECT 1 FROM funding_paymentline line WHERE line.payment_id = NEW.id
    AND line.due + coalesce((SELECT sum(CASE direction WHEN 'addition' THEN amount ELSE -amount END)
        FROM funding_paymentitem item WHERE item.payment_id = NEW.id AND item.element_id = line.element_id), 0) > 0
    AND NOT EXISTS (SELECT 1 FROM funding_elementtest one JOIN funding_statutorytest test ON test.id = one.test_id
        WHERE test.payment_id = NEW.id AND one.element_id = line.element_id AND one.is_met))"""
IS_MORE_THAN_DUE = """NEW.direction = 'deduction' AND NEW.amount > 0 AND NEW.amount > (
    SELECT coalesce((SELECT sum(due) FROM funding_paymentline
        WHERE payment_id = NEW.payment_id AND element_id = NEW.element_id), 0)
    + coalesce((SELECT sum(CASE direction WHEN 'addition' THEN amount ELSE -amount END) FROM funding_paymentitem
        WHERE payment_id = NEW.payment_id AND element_id = NEW.element_id), 0))"""
IS_UNDER_WAY = f"EXISTS (SELECT 1 FROM {PAYMENTS} WHERE id = NEW.payment_id AND state <> 'certified')"
IS_NO_COUNTER_ENTRY = f"""NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {PAYMENTS} one
    WHERE one.id = NEW.reverses_id AND one.kind = 'payment' AND one.state = 'paid'
    AND (one.agreement_id, one.payer_id, one.payee_id, one.month, -one.due, -one.deducted, -one.added)
    = (NEW.agreement_id, NEW.payer_id, NEW.payee_id, NEW.month, NEW.due, NEW.deducted, NEW.added))"""
IS_REVERSED_ALONE = f"""NEW.state = 'reversed' AND OLD.state <> 'reversed' AND NOT EXISTS (
    SELECT 1 FROM {PAYMENTS} WHERE reverses_id = NEW.id AND state = 'certified')
    OR NEW.state = 'approved' AND OLD.state <> 'approved' AND NEW.reverses_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM {PAYMENTS} WHERE id = NEW.reverses_id AND state = 'reversed')"""
LIVE_STATES = ", ".join(f"'{state.value}'" for state in LIVE)
# What notices withheld and gave back with payments that stand, by notice and element.
OF_NOTICES = f"""FROM funding_paymentitem item JOIN {PAYMENTS} held ON held.id = item.payment_id
    WHERE item.contract_notice_id IS NOT NULL AND held.kind = 'payment' AND held.state IN ({LIVE_STATES})"""
WITHHELD = "coalesce(sum(CASE item.direction WHEN 'deduction' THEN item.amount ELSE -item.amount END), 0)"
GIVES_BACK_TOO_MUCH = f"""NEW.direction = 'addition' AND NEW.amount > 0 AND NEW.contract_notice_id IS NOT NULL
    AND NEW.amount > (SELECT {WITHHELD} {OF_NOTICES} AND item.contract_notice_id = NEW.contract_notice_id
    AND item.element_id = NEW.element_id
    AND held.payer_id = (SELECT payer_id FROM {PAYMENTS} WHERE id = NEW.payment_id))"""
RESTS_ON_NO_SERVED_NOTICE = """NEW.contract_notice_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM contracts_notice WHERE id = NEW.contract_notice_id AND number IS NOT NULL)"""
# Whoever would take back one of these payments waits until this one is written, and then sees it.
HOLD_WHAT_WITHHELD = f"""PERFORM 1 FROM {PAYMENTS} WHERE NEW.contract_notice_id IS NOT NULL AND id IN (
    SELECT payment_id FROM funding_paymentitem WHERE contract_notice_id = NEW.contract_notice_id) FOR SHARE;"""
TAKES_WHAT_WAS_GIVEN_BACK = f"""OLD.state IN ({LIVE_STATES}) AND NEW.state NOT IN ({LIVE_STATES})
    AND OLD.kind = 'payment' AND EXISTS (SELECT 1 {OF_NOTICES} AND held.payer_id = OLD.payer_id
    AND held.id <> OLD.id GROUP BY item.contract_notice_id, item.element_id HAVING {WITHHELD} < 0)"""
HAS_THE_OTHER_SIGN = f"""({{}} < 0) <> (SELECT kind = 'counter-entry' FROM {PAYMENTS} WHERE id = NEW.payment_id)
    AND {{}} <> 0"""
