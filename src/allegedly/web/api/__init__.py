"""The HTTP API: the same questions and decisions that the pages have, as JSON."""
