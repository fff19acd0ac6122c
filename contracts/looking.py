"""Looking back: the moment that a page's address asks for, and how its links keep it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from contracts.looking_back import as_written, day_of, in_words, moment_written

AS_AT = "as-at"


@dataclass(frozen=True, slots=True)
class Looking:
    """The moment looked back to, None for now; the sentence that says why not, where it was asked for and cannot be."""

    moment: datetime | None = None
    error: str = ""
    today: date | None = None

    @property
    def text(self) -> str:
        """The moment as an address names it: "2019-10-15"; empty for now."""
        return as_written(self.moment) if self.moment else ""

    @property
    def day(self) -> date | None:
        """The day that the form shows: the moment's, or today."""
        return day_of(self.moment) if self.moment else self.today

    @property
    def words(self) -> str:
        """The moment as a sentence names it: "15 October 2019"; empty for now."""
        return in_words(self.moment) if self.moment else ""

    @property
    def query(self) -> str:
        """What keeps the moment in an address without a query: "?as-at=2019-10-15"."""
        return f"?{AS_AT}={quote(self.text)}" if self.moment else ""

    @property
    def and_query(self) -> str:
        """What keeps the moment in an address that has a query: "&as-at=2019-10-15"."""
        return f"&{AS_AT}={quote(self.text)}" if self.moment else ""

    @property
    def problems(self) -> tuple[dict[str, str], ...]:
        """What is wrong with what was asked, leading to its field."""
        return ({"text": self.error, "href": f"#{AS_AT}"},) if self.error else ()

    def on(self, today: date) -> date:
        """The day that the page is as of: the moment's, or today."""
        return day_of(self.moment) if self.moment else today


def looking_back(asked: str, now: datetime) -> Looking:
    """What an address asks for; where that is no moment to look back to, now and a sentence that says why."""
    if not asked.strip():
        return Looking(today=day_of(now))
    try:
        return Looking(moment_written(asked, now), today=day_of(now))
    except ValueError as error:
        return Looking(error=str(error), today=day_of(now))
