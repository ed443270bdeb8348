"""Claims meet across documents: grouping, links, figures, standing."""
