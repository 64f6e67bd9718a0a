//! The colours of pictures and of the figures of the chapter, on light and on dark pages.

/// The colours of a picture that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// The colours of the figures in the chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    Ink,
    Blue,
    Red,
    Green,
    Pink,
    Grey,
    Grid,
    Pale,
    Page,
}

impl Color {
    /// The colours that pages replace by variables named `--fig-…`.
    pub const VARIABLES: [Color; 7] =
        [Color::Blue, Color::Red, Color::Green, Color::Pink, Color::Grey, Color::Grid, Color::Pale];

    /// The variable of the page, with the light value as its default; or the value of a theme.
    ///
    /// Texts have a contrast of 4.5 or more. On white the colours are those of the palette of Okabe
    /// and Ito, which colour-blind readers can tell apart, but darker.
    pub fn value(self, theme: Option<Theme>) -> &'static str {
        let (variable, light, dark) = match self {
            Color::Ink => ("currentColor", "#222", "#ddd"),
            Color::Blue => ("var(--fig-blue,#0072B2)", "#0072B2", "#56b4e9"),
            Color::Red => ("var(--fig-red,#C25000)", "#C25000", "#ff9646"),
            Color::Green => ("var(--fig-green,#00805D)", "#00805D", "#3cc896"),
            Color::Pink => ("var(--fig-pink,#AE5486)", "#AE5486", "#e6a0c8"),
            Color::Grey => ("var(--fig-grey,#707070)", "#707070", "#aaa"),
            Color::Grid => ("var(--fig-grid,#E4E4E4)", "#E4E4E4", "#4a4a4a"),
            Color::Pale => ("var(--fig-pale,#F0F0F0)", "#F0F0F0", "#444"),
            Color::Page => ("var(--main-background-color,#fff)", "#fff", "#1d1f21"),
        };
        match theme {
            None => variable,
            Some(Theme::Light) => light,
            Some(Theme::Dark) => dark,
        }
    }
}

/// Declarations of the variables for the style sheets of dark pages.
pub fn dark_variables() -> String {
    let declarations = Color::VARIABLES.map(|color| {
        let variable = color.value(None);
        let name = variable.trim_start_matches("var(").split(',').next().unwrap_or(variable);
        format!("{name}:{}", color.value(Some(Theme::Dark)))
    });
    declarations.join(";")
}
