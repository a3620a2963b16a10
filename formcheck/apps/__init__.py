"""What starts things: the command line now; live window, batch and web service later."""
