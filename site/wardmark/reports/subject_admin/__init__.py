"""The officers' screens for requests about personal data."""
