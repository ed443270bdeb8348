"""The pages of cases: one event over many outlets, and everything that was said of it."""
