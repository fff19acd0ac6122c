"""What the operations of money answer, as the API's document shows it: August 2019 of the demo."""

LINE = {
    "unit": "GBP",
    "element": "ehu",
    "payer": "KCC",
    "annual_amount": "1200000.00",
    "in_force_from": "2017-09-01",
    "in_force_before": None,
    "source": "004 §1.8",
    "note": "",
}
MONTH = {
    "unit": "GBP",
    "month": "2019-08",
    "element": "ehu",
    "name": "Support to Early Help Units",
    "is_certified": True,
    "instalment": "100000.00",
    "deducted": "0.00",
    "deducted_reason": "",
    "added": "0.00",
    "to_pay": "100000.00",
    "to_pay_reason": "",
    "spent": None,
    "spent_reason": "No open book is accepted for this month.",
    "difference": None,
    "difference_reason": "No open book is accepted for this month.",
}
PAYMENT = {
    "unit": "GBP",
    "number": 17,
    "kind": "payment",
    "month": "2019-08",
    "payer": "KCC",
    "payee": "West Kent CCG",
    "state": "certified",
    "state_in_words": "Waiting for the statutory test",
    "due": "221416.66",
    "deducted": "12400.00",
    "added": "0.00",
    "to_pay": "209016.66",
    "items": [
        {
            "direction": "deduction",
            "kind": "shortfall",
            "element": "khnes",
            "amount": "12400.00",
            "for_month": "2019-08",
            "reason": "3.1 of 5.0 funded WTE empty in August 2019: £12,400.00 of the instalment of £20,000.00",
            "rests_on": "August 2019 return, version 1",
        }
    ],
    "certified_at": "2019-10-10T10:20:00+01:00",
    "tested_at": None,
    "approved_at": None,
    "sent_at": None,
    "paid_at": None,
    "ledger_reference": "",
    "reverses": None,
    "is_illustrative": True,
}
LINES = [
    {"element": "ehu", "name": "Support to Early Help Units", "due": "100000.00"},
    {"element": "khnes", "name": "Kent Health Needs Education Service", "due": "20000.00"},
    {"element": "lac", "name": "LAC Priority Assessment", "due": "83333.33"},
    {"element": "hsb", "name": "Harmful Sexual Behaviour / Post Sexual Abuse", "due": "18083.33"},
]
