"""What a person's words mean: codes, corrected slips, levels, everyday words. No server is asked."""
