"""How quick the portal is, on this machine and on real servers: `make bench`. Nothing here is a test."""
