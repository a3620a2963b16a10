"""What recognition is learnt from, and how right it is on people whom it was not learnt from."""
