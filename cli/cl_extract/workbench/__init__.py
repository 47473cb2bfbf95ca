"""For those who write patterns: their examples, checks and pages, scores against gold files, and why a figure is there."""
