"""Who is let in, what each may do, and what no page of somebody else's may make them do."""
