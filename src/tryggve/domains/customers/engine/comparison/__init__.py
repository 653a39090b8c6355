"""Whether two are one: rows and customers compared, told apart, made one."""
