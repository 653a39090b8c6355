"""Made-up people who try Tryggve's own doors the way a browser does, in transactions that are never kept.

For most cases use ``roles.tried`` and ``requests.tried``.
"""
