"""The law as it stood when this version was made, to begin with: data that the ward then keeps."""
