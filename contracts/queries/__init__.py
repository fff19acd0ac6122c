"""What contracts asks of the database, as the dataclasses that pages and rules take."""
