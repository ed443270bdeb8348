"""Pictures drawn on the server: each is laid out here and written as SVG by a template."""
