//! Formulas as trees.

/// The space between two parts of a formula in the source.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    NoBreak,
    Space,
}

/// A part of a formula. A formula is a row of them.
pub(super) enum Node {
    Letter(char),
    /// The name of a function, or the d of an integral.
    Name(String),
    Number(String),
    Dots,
    /// A sign with the spaces before and after it.
    Sign(char, Gap, Gap),
    /// The product of the factors on its sides.
    Times(Gap),
    /// The function before it, applied to the next node.
    Apply,
    Fenced(char, Vec<Node>, char),
    /// A root. Its content has brackets in the source if it has several parts.
    Root(Vec<Node>),
    /// With a number of primes.
    Primed(Box<Node>, usize),
    Script {
        base: Box<Node>,
        lowered: Vec<Node>,
        raised: Vec<Node>,
    },
    /// A fraction that is stacked.
    Fraction(Vec<Node>, Vec<Node>),
}

/// Signs between two sides that are compared.
pub(super) fn is_relation(sign: char) -> bool {
    "=<>≤≥≠≈→".contains(sign)
}

/// Signs between two terms.
pub(super) fn is_sum(sign: char) -> bool {
    "+−±".contains(sign)
}

/// Whether a row is certainly a formula: numbers and their fractions may also be part of the prose.
pub(super) fn is_formula(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Number(_) | Node::Dots | Node::Times(_) | Node::Apply => false,
        Node::Sign(sign, ..) => !"/,".contains(*sign),
        Node::Fenced('(', body, _) => is_formula(body),
        _ => true,
    })
}

/// Stacks the fractions of a row.
pub(super) fn stacked(nodes: Vec<Node>) -> Vec<Node> {
    let mut done: Vec<Node> = vec![];
    let mut nodes = nodes.into_iter().peekable();
    while let Some(node) = nodes.next() {
        match node {
            Node::Sign('/', ..) if nodes.peek().is_some_and(is_simple) => {
                let first =
                    done.iter().rposition(|node| matches!(node, Node::Sign(..) | Node::Times(Gap::Space)));
                let above = done.split_off(first.map_or(0, |index| index + 1));
                let below = nodes.next().into_iter().collect();
                done.push(Node::Fraction(bare(above, has_sum), bare(below, |body| body.len() > 1)));
            }
            Node::Fenced(open, body, close) => done.push(Node::Fenced(open, stacked(body), close)),
            other => done.push(other),
        }
    }
    done
}

/// A denominator of one part. The name of a function is not all of a denominator.
fn is_simple(node: &Node) -> bool {
    !matches!(node, Node::Name(_))
}

fn has_sum(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| matches!(node, Node::Sign(sign, ..) if is_sum(*sign)))
}

/// A part of a fraction without brackets around the whole, if a reader knows from the rest that
/// they belong there.
fn bare(mut nodes: Vec<Node>, is_clear: fn(&[Node]) -> bool) -> Vec<Node> {
    match &mut nodes[..] {
        [Node::Fenced('(', body, ')')] if is_clear(body) => std::mem::take(body),
        _ => nodes,
    }
}
