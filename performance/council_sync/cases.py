"""Reads the cases of one batch, each by itself: what it tells, or why it is refused."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

import msgspec

from performance.case_list.limits import REMEMBERED
from performance.council_sync import limits
from performance.council_sync.agreed import agreed_instead
from performance.council_sync.days import wrong_days
from performance.council_sync.fields import day_in, known_in, moment_in, reference_in, route_in, unit_in
from performance.council_sync.fingerprints import TOMBSTONE, fingerprint_of
from performance.council_sync.names import named
from performance.council_sync.objects import fields_of
from performance.council_sync.personal import points_at_a_person
from performance.council_sync.reasons import Reason
from performance.council_sync.shapes import RefusedCase, SyncRules, ToldCase

Fields = Mapping[str, Any]
OF_A_TOMBSTONE = {"case_ref", "updated_at", "deleted"}
# Without closed_on a case would be open again; nothing rests on unit and goals_met, so they may be left out.
REQUIRED = ("case_ref", "updated_at", "district", "pathway", "referral_route", "opened_on", "closed_on")
JUDGED = (*REQUIRED, "unit", "goals_met")
KNOWN = {*JUDGED, "deleted"}


class Wrong(NamedTuple):
    """What is wrong with a case, and with which field of it."""

    reason: Reason
    field: str = ""


class CaseReader:
    """Reads cases under the rules of one batch. Texts that repeat (days, districts, units) are judged once."""

    def __init__(self, rules: SyncRules) -> None:
        remembered = lru_cache(maxsize=REMEMBERED)
        self._rules = rules
        self._agreed = agreed_instead(rules)
        self._latest = rules.now + limits.CLOCKS_DIFFER_BY
        self._reference = partial(reference_in, pattern=re.compile(rules.pattern))
        self._district = remembered(lambda text: rules.districts.get(text, Reason.DISTRICT))
        self._pathway = remembered(partial(known_in, known=rules.pathways, otherwise=Reason.PATHWAY))
        self._route = remembered(partial(route_in, agreed=rules.routes))
        self._day = remembered(day_in)
        self._unit = remembered(unit_in)

    def judge(self, raw: msgspec.Raw) -> ToldCase | RefusedCase:
        """What one case tells, or why it is refused; nothing is raised for what is in it."""
        fields = fields_of(raw)
        if isinstance(fields, Reason):
            return RefusedCase(None, fields)
        told = self._told(fields)
        return told if isinstance(told, ToldCase) else self._refused(fields, told)

    def _refused(self, fields: Fields, wrong: Wrong) -> RefusedCase:
        """Personal data is the first reason; else a reference of the agreed form says which case it was."""
        if points_at_a_person(fields, KNOWN):
            wrong = Wrong(Reason.PERSONAL_DATA)
        reference = _text(self._reference, fields.get("case_ref"))
        said = None if isinstance(reference, Reason) else reference
        return RefusedCase(said, wrong.reason, wrong.field, self._agreed.get(wrong.reason, ""))

    def _told(self, fields: Fields) -> ToldCase | Wrong:
        is_deleted = fields.get("deleted", False)
        if not isinstance(is_deleted, bool):
            return Wrong(Reason.WRONG_TYPE, "deleted")
        missing = [name for name in (REQUIRED[:2] if is_deleted else REQUIRED) if name not in fields]
        if missing:
            return Wrong(Reason.MISSING_FIELD, missing[0])
        if not fields.keys() <= KNOWN:
            return Wrong(Reason.UNKNOWN_FIELD, named(next(name for name in fields if name not in KNOWN)))
        if is_deleted and not fields.keys() <= OF_A_TOMBSTONE:
            return Wrong(Reason.TOMBSTONE)
        return self._tombstone(fields) if is_deleted else self._live(fields)

    def _tombstone(self, fields: Fields) -> ToldCase | Wrong:
        reference, updated_at = self._identity(fields)
        if isinstance(reference, Reason) or isinstance(updated_at, Reason):
            return _first_wrong((reference, updated_at))
        return ToldCase(reference, updated_at, TOMBSTONE, is_deleted=True)

    def _live(self, fields: Fields) -> ToldCase | Wrong:
        read = (
            *self._identity(fields),
            _text(self._district, fields["district"]),
            _text(self._pathway, fields["pathway"]),
            _text(self._route, fields["referral_route"]),
            _text(self._day, fields["opened_on"]),
            None if fields["closed_on"] is None else _text(self._day, fields["closed_on"]),
            "" if fields.get("unit") is None else _text(self._unit, fields["unit"]),
            _truth(fields.get("goals_met")),
        )
        for one in read:
            if type(one) is Reason:
                return _first_wrong(read)
        told = _as_told(*read)
        wrong = wrong_days(told, self._rules)
        return Wrong(wrong) if wrong else told

    def _identity(self, fields: Fields) -> tuple[Any, Any]:
        updated_at = moment_in(fields["updated_at"])
        if not isinstance(updated_at, Reason) and updated_at > self._latest:
            updated_at = Reason.UPDATED_AHEAD
        return _text(self._reference, fields["case_ref"]), updated_at


def _text(read: Callable[[str], Any], value: object) -> Any:
    return read(value) if isinstance(value, str) else Reason.WRONG_TYPE


def _truth(value: object) -> object:
    return value if value is None or isinstance(value, bool) else Reason.WRONG_TYPE


def _first_wrong(read: tuple[Any, ...]) -> Wrong:
    return next(Wrong(one, name) for name, one in zip(JUDGED, read, strict=False) if isinstance(one, Reason))


def _as_told(*read: Any) -> ToldCase:
    """A case whose fields are all well, in the order of `JUDGED`."""
    reference, updated_at, district, pathway, route, opened_on, closed_on, unit, goals_met = read
    return ToldCase(
        reference,
        updated_at,
        fingerprint_of(district.code, pathway.code, route, opened_on, closed_on, unit, goals_met),
        is_deleted=False,
        district=district.key,
        area=district.area,
        pathway=pathway.key,
        referral_route=route,
        opened_on=opened_on,
        closed_on=closed_on,
        unit=unit,
        goals_met=goals_met,
    )
