"""Who is who: lists of names, titles and words for people, organisations and documents."""
