from tryggve.lib import random_tokens


def test_new_tokens_differ_are_long_and_fit_an_address() -> None:
    made = {random_tokens.new_token() for _time in range(100)}
    assert len(made) == 100
    assert {len(token) for token in made} == {43}  # 256 bits, six in a letter
    assert "".join(made).replace("-", "").replace("_", "").isalnum()


def test_hash_is_of_the_token_and_does_not_hold_it() -> None:
    token = random_tokens.new_token()
    assert random_tokens.hash_of(token) == random_tokens.hash_of(token) != random_tokens.hash_of(f"{token}=")
    assert token not in random_tokens.hash_of(token)
