"""Which exercise a clip shows: what every candidate explains, and the best chain of them."""
