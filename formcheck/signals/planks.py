"""Numbers about bodies carried by hands or forearms."""
