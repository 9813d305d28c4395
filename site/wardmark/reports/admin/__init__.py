"""The officers' inbox of visitors' reports."""
