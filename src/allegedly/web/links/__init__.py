"""Claims that say one thing: who stands with a claim and why, parting them and joining others."""
