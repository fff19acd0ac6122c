"""In which form an operation answers: `?format=` decides, else the Accept header."""

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class FormOfAnswer(DefaultContentNegotiation):
    """The framework's own negotiation, which a strange address or header cannot break."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and its media type. Raises a problem: 400 for an unknown `format`, 406 for Accept."""
        held = list(renderers)
        asked = request.query_params.get("format")
        if asked is not None:
            chosen = next((one for one in held if one.format == asked), None)
            if chosen is None:
                raise ValidationError({"format": f"Write {' or '.join(str(one.format) for one in held)}."})
            return chosen, str(chosen.media_type)
        if not request.headers.get("Accept", "any").strip():
            return held[0], str(held[0].media_type)
        try:
            chosen = self._by_header(request, held)
        except (ValueError, LookupError) as error:  # a header too long, or in an encoding that nobody knows
            raise NotAcceptable(available_renderers=held) from error
        return chosen, str(chosen.media_type)

    def _by_header(self, request: Request, renderers: Iterable[BaseRenderer]) -> BaseRenderer:
        found: Any = super().select_renderer(request, renderers)
        renderer: BaseRenderer = found[0]
        return renderer
