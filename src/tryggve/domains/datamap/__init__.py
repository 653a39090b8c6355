"""Where personal data lies, found in files and tied to the people in the register."""
