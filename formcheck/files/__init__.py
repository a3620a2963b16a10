"""Files and folders: how they are made, and who may read them."""
