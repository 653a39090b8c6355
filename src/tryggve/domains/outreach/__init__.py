"""Word to customers: messages to many, to those alone who may be written to at the moment of each single mail."""
