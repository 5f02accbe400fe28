"""Articles on the reform and their index."""
