import pytest

from sharing.markdown import render_comment, render_post


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
