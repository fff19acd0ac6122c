"""What the pages of payments show, gathered into frozen dataclasses."""
