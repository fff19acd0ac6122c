"""E-mails about notices: who is told of an event, and in which words."""
