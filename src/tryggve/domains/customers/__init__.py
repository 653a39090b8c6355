"""The firm's register of customers: sealed on disk, found as you type, brought in from lists."""
