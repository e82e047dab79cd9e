"""From the picture of a page to the lines of its machine-readable zone, with everything that was doubtful about them."""
