//! Reads MathML, and writes it in a short notation and as spoken text.

/// An element of MathML, or text.
#[derive(Debug)]
pub enum Xml {
    Text(String),
    Element { name: String, attributes: String, children: Vec<Xml> },
}

/// Reads up to the end tag `close`. Returns the nodes, and the rest after the tag.
pub fn read<'a>(mut xml: &'a str, close: &str) -> (Vec<Xml>, &'a str) {
    let mut children = vec![];
    loop {
        let (text, rest) = xml.split_once('<').expect("an end tag");
        let (tag, rest) = rest.split_once('>').expect("a tag that is closed");
        assert!(!text.contains('>'), "{text}");
        if !text.is_empty() {
            children.push(Xml::Text(unescaped(text)));
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(name, close);
            return (children, rest);
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let (inner, rest) = read(rest, name);
        children.push(Xml::Element {
            name: name.to_owned(),
            attributes: attributes.to_owned(),
            children: inner,
        });
        xml = rest;
    }
}

pub fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Returns the tree in short notation: `_` is a product, `@` an application, `^{}` and `_{}` are
/// scripts, `√{}` a root and `{}/{}` a fraction.
pub fn short(node: &Xml) -> String {
    let Xml::Element { name, attributes, children } = node else {
        panic!("text outside of a token: {node:?}")
    };
    let token = || match &children[..] {
        [Xml::Text(text)] => text.as_str(),
        _ => panic!("{node:?}"),
    };
    let parts = || children.iter().map(short).collect::<Vec<_>>();
    match &name[..] {
        "mi" | "mn" | "mtext" => token().to_owned(),
        "mo" => match token() {
            "\u{2062}" => "_".to_owned(),
            "\u{2061}" => "@".to_owned(),
            sign if "=<>≤≥→".contains(sign) => format!(" {sign} "),
            sign => sign.to_owned(),
        },
        "mrow" => parts().concat(),
        "msqrt" => format!("√{{{}}}", parts().concat()),
        "msup" | "msub" | "mfrac" => {
            let [first, second] = &parts()[..] else { panic!("{node:?}") };
            match &name[..] {
                "msup" => format!("{first}^{{{second}}}"),
                "msub" => format!("{first}_{{{second}}}"),
                _ => format!("{{{first}}}/{{{second}}}"),
            }
        }
        "msubsup" => {
            let [base, below, above] = &parts()[..] else { panic!("{node:?}") };
            format!("{base}_{{{below}}}^{{{above}}}")
        }
        _ => panic!("{name} {attributes}"),
    }
}

/// Returns the text of a tree as in the source, without spaces.
pub fn spoken(node: &Xml) -> String {
    let Xml::Element { name, children, .. } = node else { panic!("text outside of a token: {node:?}") };
    let bracketed = |node: &Xml, always: bool| {
        let is_row =
            matches!(node, Xml::Element { name, children, .. } if name == "mrow" && !has_brackets(children));
        let sum = spoken(node).contains(['+', '−']);
        if is_row && (always || sum) { format!("({})", spoken(node)) } else { spoken(node) }
    };
    match (&name[..], &children[..]) {
        (_, [Xml::Text(text)]) => text.clone(),
        ("mfrac", [above, below]) => format!("{}/{}", bracketed(above, false), bracketed(below, true)),
        ("msqrt", [one]) => format!("√{}", spoken(one)),
        ("msqrt", many) => format!("√({})", many.iter().map(spoken).collect::<String>()),
        (_, children) => children.iter().map(spoken).collect(),
    }
}

/// Returns whether a row is one expression in brackets, or an application of a function.
fn has_brackets(row: &[Xml]) -> bool {
    let last_is_row = matches!(row.last(), Some(Xml::Element { name, .. }) if name == "mrow");
    let opens = row.first().is_some_and(|first| short(first) == "(");
    opens || (last_is_row && row.len() == 3 && short(&row[1]) == "@")
}
