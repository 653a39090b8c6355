"""Files from elsewhere read into tables: CSV, Excel, OpenDocument, contact cards."""
