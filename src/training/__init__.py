"""Gold data becomes the model pack; the product never imports this package."""
