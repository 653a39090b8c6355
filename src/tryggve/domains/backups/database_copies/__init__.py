"""Copies of the register's database: taken, asked, looked at and put back."""
