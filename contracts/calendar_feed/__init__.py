"""The clocks of notices as a calendar that a person's own program subscribes to (RFC 5545)."""
