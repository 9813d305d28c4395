"""The maintenance round: what staff see on a phone in front of a plaque, and what they may do there."""
