"""Made-up people who try Tryggve's own doors the way a browser does, in transactions that are never kept.

For most cases use ``by_role.tried`` and ``by_challenge.tried``.
"""
