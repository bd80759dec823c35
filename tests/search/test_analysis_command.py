"""``analyze_text`` prints tokens or stems."""

import io

import pytest
from django.core.management import CommandError, call_command


def run(*args: str) -> list[str]:
    out = io.StringIO()
    call_command("analyze_text", *args, stdout=out)
    return out.getvalue().splitlines()


def test_tokens_with_offsets() -> None:
    assert run("Penanganan", "e-KTP") == [
        "position\tstart\tend\tsurface\tstem",
        "0\t0\t10\tpenanganan\ttangan",
        "1\t11\t16\tektp\tektp",
        "1\t13\t16\tktp\tktp",
    ]


def test_stems_of_a_file(tmp_path) -> None:
    words = tmp_path / "kata.txt"
    words.write_text("\ufeffkelola\n\nMengelola\nwalikota\n", encoding="utf-8")
    assert run("--stems", str(words)) == ["kelola\tkelola", "Mengelola\tkelola", "walikota\twali kota"]


def test_stems_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("ijin\n"))
    assert run("--stems", "-") == ["ijin\tizin"]


@pytest.mark.parametrize("args", [(), ("kata", "--stems", "x")])
def test_text_or_stems(args: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="Give a text"):
        run(*args)


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(CommandError, match=r"Can't read .*tidak-ada\.txt"):
        run("--stems", str(tmp_path / "tidak-ada.txt"))


def test_a_binary_file_is_refused(tmp_path) -> None:
    binary = tmp_path / "gambar.png"
    binary.write_bytes(b"\x89PNG\xff")
    with pytest.raises(CommandError, match="Can't read"):
        run("--stems", str(binary))
