"""Who comes into the house: passwords, a second factor, sessions that end when nobody is there, a record."""
