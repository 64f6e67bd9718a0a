//! The formulas of the chapter as MathML: every formula is found, keeps its meaning, and is well
//! formed.

#[path = "math/xml.rs"]
mod xml;

use self::xml::{Xml, read, short, spoken, unescaped};
use book::site::math::{captions, with_mathml};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::path::Path;

/// The name and the text of each file of the chapter.
fn chapter() -> Vec<(String, String)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/amortized"));
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .map(|file| {
            (file.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(file).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// Splits the text at the first formula: the text before, the formula, and the text after.
fn first_formula(html: &str) -> Option<(&str, Vec<Xml>, &str)> {
    let (before, rest) = html.split_once("<math")?;
    let (attributes, rest) = rest.split_once('>')?;
    assert!(["", " display=\"block\"", " displaystyle=\"true\""].contains(&attributes), "{attributes}");
    let (nodes, after) = read(rest, "math");
    Some((before, nodes, after))
}

/// Returns the formulas of a text in short notation.
fn formulas(html: &str) -> Vec<String> {
    let mut found = vec![];
    let mut rest = html;
    while let Some((_, nodes, after)) = first_formula(rest) {
        found.push(nodes.iter().map(short).collect());
        rest = after;
    }
    found
}

/// Converts Markdown to inline HTML, without blocks. Without `all` it skips code and headings.
fn inline_html(markdown: &str, all: bool) -> String {
    let mut skipped = false;
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Start(Tag::CodeBlock(_) | Tag::Heading { .. }) => {
            skipped = !all;
            " ".to_owned()
        }
        Event::End(TagEnd::CodeBlock | TagEnd::Heading(_)) => {
            skipped = false;
            " ".to_owned()
        }
        Event::Code(_) if !all => " ".to_owned(),
        Event::Text(_) if skipped => " ".to_owned(),
        Event::Text(text) | Event::Code(text) => {
            text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
        }
        Event::InlineHtml(html) | Event::Html(html) => html.into_string(),
        Event::Start(Tag::Emphasis) => "<em>".to_owned(),
        Event::End(TagEnd::Emphasis) => "</em>".to_owned(),
        _ => " ".to_owned(),
    });
    events.collect()
}

/// Removes the formulas from HTML, and counts them.
fn without_formulas(html: &str) -> (String, usize) {
    let (mut left, mut count) = (String::new(), 0);
    let mut rest = html;
    while let Some((before, _, after)) = first_formula(rest) {
        left += before;
        count += 1;
        rest = after;
    }
    (left + rest, count)
}

/// Returns the content of a text without spaces, without the brackets that fractions replace, and
/// without the difference between scripts and letters.
fn plain(markdown: &str) -> String {
    let html = inline_html(markdown, true);
    let mut text = String::new();
    let mut rest = &html[..];
    while let Some((before, nodes, after)) = first_formula(rest) {
        text += &without_tags(before);
        text.extend(nodes.iter().map(spoken));
        rest = after;
    }
    text += &without_tags(rest);
    let invisible = |ch: &char| !ch.is_whitespace() && !"\u{2061}\u{2062}".contains(*ch);
    text.chars().filter(invisible).map(on_the_line).collect()
}

fn without_tags(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or("").to_owned();
    let parts = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    unescaped(&(first + &parts.collect::<String>()))
}

/// Returns the character for a superscript or subscript.
fn on_the_line(ch: char) -> char {
    let scripts = "⁰¹²³⁶⁸⁹⁺⁻ⁱʲᵏᵐʳ₀₁₊₋ₐᵢⱼₖ".chars();
    let plain = "0123689+−ijkmr01+−aijk".chars();
    scripts.zip(plain).find(|&(script, _)| script == ch).map_or(ch, |(_, plain)| plain)
}

#[test]
fn the_chapter_says_the_same() {
    for (name, text) in chapter() {
        let (before, after) = (plain(&text), plain(&with_mathml(&text)));
        let common = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(common.saturating_sub(30)).take(60).collect::<String>();
        assert!(before == after, "{name}:\n{}\n{}", around(&before), around(&after));
    }
}

#[test]
fn every_formula_of_the_chapter_is_found() {
    let mut total = 0;
    for (name, text) in chapter() {
        let (left, count) = without_formulas(&inline_html(&with_mathml(&text), false));
        println!("{name}: {count}");
        total += count;
        // The heading of a column.
        let left = left.replace("sum ≤", "");
        let is_math =
            |ch: char| "≤≥√⌈⌉⌊⌋−·′".contains(ch) || ('α'..='ω').contains(&ch) || on_the_line(ch) != ch;
        if let Some(at) = left.find(is_math) {
            panic!("{name}: {:?}", left[..at].rsplit('\n').next());
        }
        let italics = left.split("<em>").skip(1).filter_map(|part| part.split_once("</em>"));
        let letters: Vec<_> = italics.filter(|(text, _)| text.chars().count() == 1).collect();
        assert!(letters.is_empty(), "{name}: {letters:?}");
    }
    assert!(total > 500, "{total}");
}

#[test]
fn once_is_enough() {
    for (name, text) in chapter() {
        let once = with_mathml(&text);
        assert!(with_mathml(&once) == once, "{name}");
    }
}

#[test]
fn prose_stays() {
    for text in [
        "",
        "*Proof.* It is *hysteresis*, and *Checked by Coq:* `a < b`.",
        "A list in CPython grows by 9/8, twice 1,048,575, up to 1.5 or 10 % (see 2.6 and (1)).",
        "The numbers 1, 2, 4, … and the ranges 1354–1380, CS-99-09, #28588 and C++11 are none.",
        "# A heading with *n* ≤ *m*\n\n```text\n*n* ≤ *m*\n```\n\n    *n* ≤ *m*\n\nand `*n* ≤ *m*`",
        "<p>*n*</p>\n\n![*n*](picture.svg)\n",
        "*old + new* and *a rule* and *is* and **bold**",
        "> A quote of words.",
        "max, log, ln, d, O and O notation; Theorem 1 (for all).",
    ] {
        assert_eq!(with_mathml(text), text);
    }
}

#[test]
fn the_rest_stays() {
    let math = "<math><mi>n</mi></math>";
    for (text, wanted) in [
        ("a *n* b", format!("a {math} b")),
        ("**at most *n* rows**", format!("**at most {math} rows**")),
        ("[*n* rows](#rows), *n*\\\nnext", format!("[{math} rows](#rows), {math}\\\nnext")),
        (
            "| *n* | `*n*` |\n|---|---|\n| x | *n* |\n",
            format!("| {math} | `*n*` |\n|---|---|\n| x | {math} |\n"),
        ),
        ("1. so *n*,\n   and\n", format!("1. so <span class=\"math\">{math},</span>\n   and\n")),
        ("> Words and *n*", format!("> Words and {math}")),
    ] {
        assert_eq!(with_mathml(text), wanted);
    }
}

#[test]
fn a_quote_that_is_a_formula_is_a_display() {
    let html = with_mathml("So\n\n> *a*/(*a* − 1) + λ *a*.\n\nand");
    let start = "So\n\n<p class=\"formula\"><math display=\"block\"><mfrac>";
    assert!(html.starts_with(start) && html.ends_with("<mtext>.</mtext></math></p>\n\nand"), "{html}");

    let html = with_mathml("> *n* = *m*\n# Heading");
    assert!(html.ends_with("</math></p>\n\n# Heading"), "{html}");

    // Long formulas break before a relation.
    let html = with_mathml(
        "> *a* + *b* + *c* + *d* + *e* ≤ *f* + *g* + *h* + *i* ≤ *f* + *g* + *h* + *i*, or *n* = *m*",
    );
    assert_eq!(formulas(&html), ["a+b+c+d+e", " ≤ f+g+h+i", " ≤ f+g+h+i", "n = m"]);
    assert!(html.contains("</math>, or <math displaystyle=\"true\">"), "{html}");
}

#[test]
fn formulas_are_trees() {
    for (text, wanted) in [
        ("*n*", "n"),
        ("2*n* − *c*", "2_n−c"),
        ("3 · 17", "3·17"),
        ("1 + 2 + 4 + 8 + 16 = 31", "1+2+4+8+16 = |31"),
        ("(3 − 1) · ½ = 1", "(3−1)·½ = 1"),
        ("2*ʲ*⁺¹ − 1", "2^{j+1}−1"),
        ("*n*²/20", "n^{2}/20"),
        ("2²⁰ − 1 = 1,048,575", "2^{20}−1 = 1,048,575"),
        ("φ = 1.618…", "φ = 1.618…"),
        ("2 (*n* + 1) − 2*n* = 2", "2_(n+1)−2_n = 2"),
        ("*c*′ = ⌈*a\u{a0}c*⌉", "c′ = ⌈a_c⌉"),
        ("*a* = *p*/*q* > 1", "a = p/q > 1"),
        ("⌈*p\u{a0}c*/*q*⌉", "⌈p_c/q⌉"),
        ("⌈(*p* − *q*)*c*/*q*⌉ ≥ *c* + 1", "⌈(p−q)_c/q⌉ ≥ c+1"),
        ("*M*(*n*) = *c*₀ + … + *c*ₖ₋₁", "M@(n) = c_{0}+…+c_{k−1}"),
        ("*c*₀ < *c*₁ < …", "c_{0} < c_{1} < …"),
        ("1 + ⌈log*ₐ*(*n*/*c*₀)⌉", "1+⌈log_{a}@(n/c_{0})⌉"),
        ("⌈(*a* − 1)(*n* − 1)⌉ − 1", "⌈(a−1)_(n−1)⌉−1"),
        ("*a*ᵏ⁻¹ *c*₀ ≤ *n*", "a^{k−1}_c_{0} ≤ n"),
        ("*c* (*a* − 1)/*a* · *a*/(*a* − 1)", "c_(a−1)/a·a/(a−1)"),
        ("Φ ≤ *a* (*n* + *m*)/(*a* − 1)", "Φ ≤ a_(n+m)/(a−1)"),
        ("max(⌈*a c*⌉, *n* + *m*)", "max@(⌈a_c⌉,n+m)"),
        ("*n* (*n* − 1)/2", "n_(n−1)/2"),
        ("⌊3/2 · 1⌋ = 1", "⌊3/2·1⌋ = 1"),
        ("*s y* ≥ 1", "s_y ≥ 1"),
        ("*y* = max(*a*, *b*)", "y = max@(a,b)"),
        ("1 + ω (*s y* + ε)", "1+ω_(s_y+ε)"),
        ("⌊*h s* (1 − 1/*z* − (*y* − *b*))⌋/*h*", "⌊h_s_(1−1/z−(y−b))⌋/h"),
        ("*m*/(*a* − 1) + ω *s y m*", "m/(a−1)+ω_s_y_m"),
        ("≤ 0", " ≤ 0"),
        ("≤ κ *n* + ω ε", " ≤ κ_n+ω_ε"),
        ("⌊*s c*′⌋ ≤ *s a n*′ ≤ *s y n*′", "⌊s_c′⌋ ≤ s_a_n′ ≤ s_y_n′"),
        ("*a*² *n* + 1", "a^{2}_n+1"),
        ("(1 + ε) *a*/(*a* − 1)", "(1+ε)_a/(a−1)"),
        ("max(0, 2*n* − *c*, 2⌊*c*/4⌋ − *n*)", "max@(0,2_n−c,2_⌊c/4⌋−n)"),
        ("*n*′ = ⌊*s* ⌈*b n*⌉⌋", "n′ = ⌊s_⌈b_n⌉⌋"),
        ("*n* = 25 + 76*ᵏ m*", "n = 25+76^{k}_m"),
        ("3 + 8 · 9*ᵏ m*", "3+8·9^{k}_m"),
        ("d*n*/*n*²", "d_n/n^{2}"),
        ("1/ln *a*", "1/ln@a"),
        ("(*a*² − 1)/(*a* ln *a*)", "(a^{2}−1)/(a_ln@a)"),
        ("λ − 1/(*a* − 1)²", "λ−1/(a−1)^{2}"),
        ("*a* = 1 + 1/√λ", "a = 1+1/√{λ}"),
        ("(*T* − 1)(*S*′ − 1) ≥ 1", "(T−1)_(S′−1) ≥ 1"),
        ("*n*ⱼ₊₁ ≤ *c*ⱼ", "n_{j+1} ≤ c_{j}"),
        ("(*n* − 1)/*S*′ⁱ", "(n−1)/S′^{i}"),
        ("O(log *n*)", "O@(log@n)"),
        ("O(1)", "O@(1)"),
        ("*Cⱼ*₋₁ + 1", "C_{j−1}+1"),
        ("2√*B* − *B*", "2_√{B}−B"),
        ("(2/3) *n* √*n*", "(2/3)_n_√{n}"),
        ("√(2*n*)", "√{2_n}"),
        ("2 *d a*/(*a* − 1)", "2_d_a/(a−1)"),
        ("(1 + *a* − *a*²) *aᵏ* ≥ 1", "(1+a−a^{2})_a^{k} ≥ 1"),
        ("*k*\\*", "k^{*}"),
        ("*k*\\* = ⌈log*ₐ*(1/(1 + *a* − *a*²))⌉", "k^{*} = |⌈log_{a}@(1/(1+a−a^{2}))⌉"),
        ("*aᵏ*⁺¹ (*a* − 1) ≤ *aᵏ* − 1", "a^{k+1}_(a−1) ≤ a^{k}−1"),
        ("*a*<sup>1 − *jᵢ*</sup>", "a^{1−j_{i}}"),
        ("*N*/(1 − *a*<sup>−*N*</sup>)", "N/(1−a^{−N})"),
        ("O(*r n*<sup>1/*r*</sup>)", "O@(r_n^{1/r})"),
        ("(*T*, *S*)", "(T,S)"),
        ("(*r* − 2 + 2*ʳ*/(2*ʳ* − 1), 1)", "(r−2+2^{r}/(2^{r}−1),1)"),
        ("*S* → 1", "S → 1"),
        ("*C*(*l* + *m* + 1, *m* + 1) − 1", "C@(l+m+1,m+1)−1"),
        ("(*l* + *m* + 1)*ᵐ*⁺¹", "(l+m+1)^{m+1}"),
        ("*C*₀²", "C_{0}^{2}"),
        ("> Φ = max(0, *p n* − *q c*)/(*p* − *q*)", "Φ = {max@(0,p_n−q_c)}/{p−q}"),
        ("> (*a c*ⱼ − *c*₀)/(*a* − 1)", "{a_c_{j}−c_{0}}/{a−1}"),
        ("> 1/ln *a* + 1/√λ", "1/ln@a+{1}/{√{λ}}"),
    ] {
        let found = formulas(&with_mathml(text)).join("|");
        assert_eq!(found, wanted, "{text}");
        // Within a line as well.
        if !text.starts_with('>') {
            let html = with_mathml(&format!("Words {text} and (see {text})."));
            assert_eq!(formulas(&html).join("|"), format!("{wanted}|{wanted}"), "{text}");
        }
    }
}

#[test]
fn words_and_marks_end_a_formula() {
    for (text, wanted) in [
        ("*n* rows and *c*.", vec!["n", "c"]),
        ("1, *a*, *a*², …, so", vec!["a", "a^{2}"]),
        ("(1) *a*ᵏ⁻¹ ≤ 1 and (2) *n*", vec!["a^{k−1} ≤ 1", "n"]),
        ("is full (*n* > *c*₀): *n*", vec!["n > c_{0}", "n"]),
        ("*multipop*(*m*) (or *n* + 1)", vec!["m", "n+1"]),
        ("(*n* + 1)", vec!["n+1"]),
        ("(*S* = 1\nwould do.)", vec!["S = 1"]),
        ("about *n* (see *m*) and *k* 4", vec!["n", "m", "k"]),
        ("+ `x` + *n* and `x` − 3", vec!["+n", "−3"]),
        ("Fewer than\n2*n* rows, *m* −\n1", vec!["2_n", "m−1"]),
        ("at most + *d*, or + 1", vec!["+d", "+1"]),
        ("*n* < `x` and *n* &lt; 5", vec!["n", "n < 5"]),
    ] {
        assert_eq!(formulas(&with_mathml(text)), wanted, "{text}");
    }
}

#[test]
fn captions_have_formulas() {
    let html = "<text>n</text><figcaption><b>Figure 1.</b> Up to <i>a<sup>N</sup></i> times, 1/(<i>a</i> − 1)<sup>2</sup> or \
                log<i>ₐ</i>(<i>n</i>/<i>i</i>) of <i>Rust</i>.</figcaption>\n<i>n</i>";
    assert_eq!(formulas(&captions(html)), ["a^{N}", "1/(a−1)^{2}", "log_{a}@(n/i)"]);
    assert!(captions(html).ends_with(" of <i>Rust</i>.</figcaption>\n<i>n</i>"));
    assert_eq!(captions("<figcaption>open <i>n</i"), "<figcaption>open <i>n</i");
}

#[test]
fn any_text_is_read() {
    const PARTS: &[&str] = &[
        "*",
        "*",
        "*n*",
        "*s y*",
        "**",
        " ",
        " ",
        "\u{a0}",
        "(",
        ")",
        "⌈",
        "⌉",
        "√",
        "ᵏ",
        "₀",
        "<sup>",
        "</sup>",
        "<i>",
        "</i>",
        "1",
        "2,000",
        ".",
        ",",
        "\n",
        "\n\n",
        "> ",
        "| ",
        "\n|--|--|\n",
        "`",
        "[",
        "](x)",
        "&lt;",
        "\\*",
        "Φ",
        "max",
        "ln ",
        "O",
        "d",
        "′",
        "…",
        "/",
        " − ",
        "+",
        " ≤ ",
        "<",
        "- ",
        "# ",
        "words",
        "<math>",
        "</math>",
        "<figcaption>",
    ];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..state % 24 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += PARTS[(state >> 33) as usize % PARTS.len()];
        }
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407)
            .rotate_left(7);
        let html = with_mathml(&text);
        if !text.contains("math>") {
            formulas(&html);
        }
        captions(&text);
    }
    // Unclosed brackets, roots and functions exhaust neither stack nor time.
    for part in [
        "(",
        "(*a* ",
        "√",
        "ln ",
        "√(",
        "*a*<sup>",
        "⌈1 + ",
        "+",
        "*a*",
        "′",
        "*n*′′",
        "<i>n</i>′",
        "d*n*",
        "*n*ᵏ ",
    ] {
        with_mathml(&part.repeat(3000));
    }
}
