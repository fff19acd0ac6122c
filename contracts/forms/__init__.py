"""What people fill in about contract notices, and the fields that every form of the portal shares."""
