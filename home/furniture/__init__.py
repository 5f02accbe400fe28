"""What stands around the content: banners, links, notices, counters. Each is hidden when it is empty."""
