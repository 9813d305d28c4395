"""Pages of the ward in turn on televisions and LED walls, each with a code large enough for who stands there."""
