"""Settings by concern; `dev`, `test` and `production` are the three that a process names."""
