"""The demo's organisations and people. Organisations are real bodies of 2019; every person is made up."""

import json
import secrets
from pathlib import Path

from contracts.models import Membership, Organisation, Role, User

ORGANISATIONS = [
    # name, short name, ODS code, GSS code
    ("Kent County Council", "KCC", "", "E10000016"),
    ("NHS West Kent CCG", "West Kent CCG", "99J", ""),
    ("North East London NHS Foundation Trust", "NELFT", "RAT", ""),
    ("NHS Ashford CCG", "Ashford CCG", "09C", ""),
    ("NHS Canterbury and Coastal CCG", "Canterbury and Coastal CCG", "09E", ""),
    ("NHS South Kent Coast CCG", "South Kent Coast CCG", "10A", ""),
    ("NHS Thanet CCG", "Thanet CCG", "10E", ""),
    ("NHS Dartford, Gravesham and Swanley CCG", "DGS CCG", "09J", ""),
    ("NHS Swale CCG", "Swale CCG", "10D", ""),
    ("Sample external audit", "External audit", "", ""),
]

PEOPLE = [
    # name, e-mail address, role, organisation
    ("Alex Morgan", "alex.morgan@kcc.example", Role.COUNCIL_COMMISSIONER, "KCC"),
    ("Priya Shah", "priya.shah@kcc.example", Role.COUNCIL_FINANCE, "KCC"),
    ("Daniel Price", "daniel.price@kcc.example", Role.COUNCIL_FINANCE, "KCC"),
    ("Helen Marsh", "helen.marsh@westkentccg.example", Role.COORDINATING_COMMISSIONER, "West Kent CCG"),
    ("Tom Okafor", "tom.okafor@ashfordccg.example", Role.ASSOCIATE_COMMISSIONER, "Ashford CCG"),
    ("Sam Ellis", "sam.ellis@nelft.example", Role.PROVIDER_EDITOR, "NELFT"),
    ("Nina Rao", "nina.rao@nelft.example", Role.PROVIDER_SIGNATORY, "NELFT"),
    ("Ruth Allen", "ruth.allen@audit.example", Role.AUDITOR, "External audit"),
    ("Chris Doyle", "chris.doyle@portal.example", Role.ADMINISTRATOR, "KCC"),
]

SignIns = list[dict[str, str]]


def load_organisations() -> dict[str, Organisation]:
    """The organisations, made where missing, by short name."""
    return {
        short: Organisation.objects.get_or_create(
            short_name=short, defaults={"name": name, "ods_code": ods, "gss_code": gss}
        )[0]
        for name, short, ods, gss in ORGANISATIONS
    }


def load_people(organisations: dict[str, Organisation], sign_ins_file: Path) -> dict[Role, User]:
    """The demo's people by role, the first of each, with the passwords that `sign_ins_file` holds or is now given."""
    is_new = not sign_ins_file.exists()
    passwords = _passwords(sign_ins_file)
    people: dict[Role, User] = {}
    for name, email, role, organisation in PEOPLE:
        is_administrator = role is Role.ADMINISTRATOR
        user, is_made = User.objects.get_or_create(
            email=email,
            defaults={"name": name, "is_staff": is_administrator, "is_superuser": is_administrator},
        )
        if is_made or is_new:
            user.set_password(passwords[email])
            user.save(update_fields=["password"])
        Membership.objects.get_or_create(user=user, organisation=organisations[organisation], role=role)
        people.setdefault(role, user)
    return people


def _passwords(sign_ins_file: Path) -> dict[str, str]:
    """Each person's password by e-mail address, made once for this machine and kept readable for its owner only."""
    sign_ins: SignIns = []
    if sign_ins_file.exists():
        sign_ins = json.loads(sign_ins_file.read_text(encoding="utf-8"))
    known = {one["email"] for one in sign_ins}
    missing: SignIns = [
        {"role": role.label, "name": name, "email": email, "password": secrets.token_urlsafe(15)}
        for name, email, role, _ in PEOPLE
        if email not in known
    ]
    if missing:
        sign_ins += missing
        sign_ins_file.parent.mkdir(parents=True, exist_ok=True)
        sign_ins_file.touch(mode=0o600)
        sign_ins_file.write_text(json.dumps(sign_ins, indent=1), encoding="utf-8")
    return {one["email"]: one["password"] for one in sign_ins}
