"""What this app adds to the admin: each module registers itself."""
