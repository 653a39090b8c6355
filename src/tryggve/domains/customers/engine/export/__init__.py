"""The files in which customers leave the register: pieces as they are written, of texts alone."""
