"""What waits for a person, in what order, and the forms in which they answer."""
