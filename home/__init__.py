"""The home page, standard pages, media, users, and what all content shares: text, visibility, fields."""
