"""What a file that the firm gives tells of network addresses: the country, and whether a hosting company has them.

For most cases: ``place_of(address)``. Without a file nothing is known, and the policy takes what isn't known for new.
"""

from tryggve.accounts.addresses.places import NOWHERE, Place, Standing, place_of, standing

__all__ = ["NOWHERE", "Place", "Standing", "place_of", "standing"]
