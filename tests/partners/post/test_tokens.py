import hashlib

from partners.post import tokens


def test_the_hash_of_a_new_token_is_the_one_to_look_it_up_by():
    token, token_hash = tokens.new()
    assert tokens.hash_of(token) == token_hash == hashlib.sha256(token.encode()).hexdigest()


def test_a_token_carries_256_bits_and_is_never_the_same():
    made = {tokens.new()[0] for _ in range(100)}
    assert len(made) == 100
    assert all(len(token) == 43 for token in made)


def test_a_token_with_odd_letters_is_merely_unknown():
    assert len(tokens.hash_of("åäö/../")) == 64
