"""Short sample clips with exact truth, and the generator that draws them."""
