"""The officers' screens of food safety."""
