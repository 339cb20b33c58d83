"""What curators of the starter corpus are told: what is wrong in it, and how balanced it is."""
