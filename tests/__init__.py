"""What crosses rooms: architecture, journeys, pages, documents."""
