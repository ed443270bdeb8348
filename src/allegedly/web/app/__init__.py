"""What a desk is made of before it has pages: settings, the route table, problems, writes."""
