"""The web service: pages, and live sessions over a socket. Pictures stay with the person."""
