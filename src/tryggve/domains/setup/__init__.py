"""The firm and its first start: claiming the installation, starting the processes, seeing what is wrong."""
