"""What visitors report about a page or a plaque: taken in without an account, followed by a code, answered."""
