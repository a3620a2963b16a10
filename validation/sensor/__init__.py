"""The sensor bench: how far from the truth the landmarks of drawn people are, by each way to find them."""
