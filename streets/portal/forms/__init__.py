"""What the people of a shop fill in on a phone: each form knows its own fields and nothing of requests."""
