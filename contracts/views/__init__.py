"""The pages about what was agreed, and about contract notices."""
