import pytest

from sharing.markdown import render_comment, render_post, render_practice


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**tebal**\nbaris", "<p><strong>tebal</strong><br>\nbaris</p>"),
        ("- satu\n- dua", "<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>"),
        ("# Satu\n### Dua", "<h2>Satu</h2>\n<h3>Dua</h3>"),
        ("### Dua\n# Satu", "<h2>Dua</h2>\n<h2>Satu</h2>"),
        (
            "lihat www.contoh.id",
            '<p>lihat <a href="http://www.contoh.id" rel="nofollow noopener">www.contoh.id</a></p>',
        ),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
        ("[klik](javascript:alert(1))", "<p>[klik](javascript:alert(1))</p>"),
        ("[klik](JaVaScRiPt:alert(1))", "<p>[klik](JaVaScRiPt:alert(1))</p>"),
        ("[k](data:text/html;base64,x)", "<p>[k](data:text/html;base64,x)</p>"),
        (
            '[k](https://a.id/?a=1&b="x")',
            '<p><a href="https://a.id/?a=1&amp;b=%22x%22" rel="nofollow noopener">k</a></p>',
        ),
        (
            "![foto](https://a.id/x.png)",
            '<p>!<a href="https://a.id/x.png" rel="nofollow noopener">foto</a></p>',
        ),
    ],
)
def test_post_is_rendered_without_harm(text: str, html: str):
    assert render_post(text) == html


def test_comment_has_no_headings():
    assert render_comment("# Bukan judul\n<img src=x onerror=y>") == (
        "<p># Bukan judul<br>\n&lt;img src=x onerror=y&gt;</p>"
    )


def test_practice_stands_under_its_four_headings():
    parts = {
        "situation": "Kelas **7**.",
        "action": "# Langkah\n```\nkode yang tidak ditutup",
        "change": "Murid bertanya.",
        "evidence": "<script>x</script>",
    }

    assert render_practice(parts) == (
        "<h2>Situasinya</h2>\n<p>Kelas <strong>7</strong>.</p>\n"
        "<h2>Yang saya lakukan</h2>\n<h3>Langkah</h3>\n"
        "<pre><code>kode yang tidak ditutup</code></pre>\n"
        "<h2>Yang berubah</h2>\n<p>Murid bertanya.</p>\n"
        "<h2>Buktinya</h2>\n<p>&lt;script&gt;x&lt;/script&gt;</p>"
    )
