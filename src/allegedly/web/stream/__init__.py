"""What others add and decide, told while it happens."""
