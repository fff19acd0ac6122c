"""What the pages about returns show: rows of the database as frozen dataclasses, one module for each page part."""
