"""Which elements of a payment the statutory test is about."""

from decimal import Decimal

from contracts.models import ServiceElement
from funding.models import Payment


def net_by_element(payment: Payment) -> dict[ServiceElement, Decimal]:
    """What the payment pays for each of its elements, in pounds, in the elements' order: £0.00 included."""
    lines = payment.lines.select_related("element").order_by("element__position", "element_id")
    net = {line.element: line.due for line in lines}
    for item in payment.items.select_related("element"):
        net[item.element] = net.get(item.element, Decimal("0.00")) + item.change
    return net


def elements_to_test(payment: Payment) -> tuple[ServiceElement, ...]:
    """The elements with something to pay; none of a counter-entry, which takes money back."""
    return tuple(element for element, pounds in net_by_element(payment).items() if pounds > 0)
