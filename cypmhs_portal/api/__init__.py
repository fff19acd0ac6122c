"""The API as a whole: every app's operations, their document, and what is answered where there is none."""
