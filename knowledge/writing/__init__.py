"""Has a chat model write an answer, and shows of it what the passages support."""
