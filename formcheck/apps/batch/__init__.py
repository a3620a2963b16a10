"""`formcheck batch`: many videos into one folder of results."""
