"""What was read leaves the program: in print, as a page, in the formats of others; and comes back.

Nothing is loaded here: a story is printed without a database.
"""
