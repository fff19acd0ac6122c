"""Who goes on a journey, and what is noted of it."""

from playwright.sync_api import ConsoleMessage, Page, Response, expect

OK, FORBIDDEN = 200, 403
KCC = "KCC commissioner"
EDITOR = "provider editor"
SIGNATORY = "provider signatory"
CCG = "CCG commissioner"
AUDITOR = "auditor"
FINANCE = "KCC finance"
SECOND_FINANCE = "another of KCC finance"
ADMINISTRATOR = "administrator"

PEOPLE = {
    KCC: "alex.morgan@kcc.example",
    EDITOR: "sam.ellis@nelft.example",
    SIGNATORY: "nina.rao@nelft.example",
    CCG: "helen.marsh@westkentccg.example",
    AUDITOR: "ruth.allen@audit.example",
    FINANCE: "priya.shah@kcc.example",
    SECOND_FINANCE: "daniel.price@kcc.example",
    ADMINISTRATOR: "chris.doyle@portal.example",
}


class Visit:
    """A page, and every complaint that the browser made about it: errors, warnings, refused content."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def open(self, address: str, hidden: list[str]) -> Response:
        """Open an address; one that the person may not see is written down in `hidden`."""
        answer = self.page.goto(address)
        assert answer is not None
        if answer.status == FORBIDDEN:
            hidden.append(address)
            self._expect_complaint_about(FORBIDDEN)
        else:
            assert answer.status == OK, address
        return answer

    def expect_status(self, status: int, address: str) -> None:
        """Open an address that answers with an error's status."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status
        self._expect_complaint_about(status)

    def _expect_complaint_about(self, status: int) -> None:
        """Take out what the browser itself says of a page that answers with an error's status, once."""
        noted = [one for one in self.complaints if f"status of {status}" in one]
        assert len(noted) == 1, self.complaints
        self.complaints.remove(noted[0])


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in as a person does, from the address that leads to their agreement."""
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    # An administrator is led to the admin site, which says it in its own words.
    out = page.get_by_role("link", name="Sign out").or_(page.get_by_role("button", name="Log out"))
    expect(out).to_be_visible()


def choose_month(page: Page, month: str) -> None:
    """Choose a month in the picker and wait for its page."""
    page.get_by_label("Month", exact=True).select_option(label=month)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_label("Month", exact=True).locator("option:checked")).to_have_text(month)
