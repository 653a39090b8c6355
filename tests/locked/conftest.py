from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "keeper", "ring", "where"]
