"""The officers' screens for what the people of shops change."""
