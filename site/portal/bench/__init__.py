"""What `make bench` measures: each of our figures beside a plain way of doing the same, in one run."""
