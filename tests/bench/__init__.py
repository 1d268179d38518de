"""Benchmarks: what is compared is measured in one run, its rounds alternating, and told as ratios of medians."""
