"""Style sheets, scripts and pictures of the desk, served as they are."""
