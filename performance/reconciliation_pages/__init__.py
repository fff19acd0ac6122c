"""What the pages about two caseloads gather and say."""
