"""The pages: each is a typed record that a template shows, nothing left to compute in it."""
