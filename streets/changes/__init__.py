"""What the people of a shop change themselves: at once, looked over afterwards, or once an officer has agreed."""
