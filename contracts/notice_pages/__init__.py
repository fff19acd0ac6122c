"""What the pages of one notice show, gathered into frozen dataclasses."""
