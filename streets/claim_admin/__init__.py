"""The officers' screens of who keeps the shops."""
