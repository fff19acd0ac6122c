"""Bank holidays that were announced after the portal's list was made."""

from django.db import models


class AddedHoliday(models.Model):
    """A day that is no Operational Day beside the bank holidays in England already known."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%-d %B %Y}"
