"""The API of returns, figures, cases and reconciliations: what systems ask and send."""
