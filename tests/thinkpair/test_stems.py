from thinkpair.stems import stems


def test_words_of_one_root_are_one():
    assert stems("Bertanya, tanyakan, pertanyaannya") == {"tanya"}


def test_short_empty_and_mixed_words_are_left_out():
    assert stems("Saya di kelas 7: murid yang TAKUT, takut!") == {"takut"}
    assert stems("") == frozenset()
