"""Letters about contract notices: their wording, what fills it in, and the paper that a letter becomes."""
