# %% [markdown]
# # Your first 502, and who made it
#
# A small beginning.

# %%
from lab import *
from lab.notebook import *
from lab.notebook.exercises import your_first_502 as exercise

# %% [markdown]
# The upstream promises 20 bytes and sends 5. Which status code does the client see?

# %% tags=["exercise"]
my_guess = guess("Which status code does the client see?", ...)
my_guess

# %% tags=["solution"]
my_guess = guess("Which status code does the client see?", 200)
my_guess

# %%
run = await perform("first/broken_promise")
run

# %%
reveal(my_guess, run.status)

# %% [markdown]
# How many bytes are missing?

# %% tags=["exercise"]
missing = ...
exercise.bytes_missing(missing, run)

# %% tags=["solution"]
missing = 15
exercise.bytes_missing(missing, run)
