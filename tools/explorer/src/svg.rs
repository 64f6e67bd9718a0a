//! Writes SVG.
