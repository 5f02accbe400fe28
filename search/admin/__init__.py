"""What editors see of the search in the admin: each module registers its own views and menu items."""
