"""How the clip was filmed: the camera's tilt and motion, what limits it, how to film it better."""
