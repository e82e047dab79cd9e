"""The post without windows: capture, screening, review, audit and the command line."""
