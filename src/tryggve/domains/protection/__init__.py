"""The pages and commands of the controls: Today, each protection and its proof, routines, and the report."""
