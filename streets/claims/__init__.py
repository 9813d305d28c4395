"""Who keeps a shop: letters, claims, members, ownership, disputes, and what an officer enters for a vendor."""
