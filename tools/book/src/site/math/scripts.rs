//! The characters of Unicode for superscripts and subscripts.

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ";
const RAISED_PLAIN: &str = "0123456789+−=()abcdefghijklmnoprstuvwxyz";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";
const LOWERED_PLAIN: &str = "0123456789+−=()aehijklmnoprstuvx";

/// Whether a character is a superscript or a subscript.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Raised,
    Lowered,
}

/// The level of a superscript or subscript, and its plain character.
pub(super) fn script(ch: char) -> Option<(Level, char)> {
    let find = |level, scripts: &str, plain: &str| {
        let found = scripts.chars().zip(plain.chars()).find(|&(script, _)| script == ch);
        found.map(|(_, plain)| (level, plain))
    };
    find(Level::Raised, RAISED, RAISED_PLAIN).or_else(|| find(Level::Lowered, LOWERED, LOWERED_PLAIN))
}
