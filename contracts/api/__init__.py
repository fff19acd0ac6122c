"""What every part of the API shares: sign-in, scopes, limits, pages, problems and its document."""
