//! The bank balance as stacks of coins.

use super::numbers::{float, fraction, power_of_ten};
use crate::array::Array;
use crate::color::Color;
use crate::csv::{Csv, or_empty};
use crate::numbers::without_sign;
use crate::svg::{At, LINE, Px, Stroke, Svg};
use growable_nd::Ratio;

/// Maximum number of coins that are drawn, in stacks.
const MOST_COINS: u128 = 80;
const STACK: u32 = 10;

/// A balance as whole coins and a part of a coin; a coin is worth a power of ten.
struct Coins {
    whole: u32,
    part: f64,
    exponent: i32,
}

impl Coins {
    fn of(amount: Ratio) -> Coins {
        let (above, below) = (amount.numerator().unsigned_abs(), amount.denominator().unsigned_abs());
        let (mut whole, mut exponent, mut unit) = (above / below, 0, 1.0);
        while whole > MOST_COINS {
            whole /= 10;
            unit *= 10.0;
            exponent += 1;
        }
        let part = (float(above) / float(below) / unit - float(whole)).clamp(0.0, 1.0);
        let part = if part.is_finite() { part } else { 0.0 };
        Coins { whole: u32::try_from(whole).unwrap_or(0), part, exponent }
    }
}

/// Draws the balance. Returns a description in words.
pub fn draw(svg: &mut Svg, array: &Array) -> String {
    let (Some(balance), Some(potential)) = (array.bank(), array.potential()) else {
        let text = "There are no prices, so there is no bank.";
        svg.paragraph(Color::Grey, text);
        return text.to_owned();
    };
    let in_debt = balance < Ratio::from(0);
    let coins = Coins::of(balance);
    draw_coins(svg, &coins, in_debt);

    let text = format!("{}: {}", if in_debt { "Debt" } else { "Balance" }, fraction(without_sign(balance)));
    svg.heading(if in_debt { Color::Red } else { Color::Ink }, &text);
    let each = match coins.exponent {
        0 => "Each coin pays for writing or copying one row.".to_owned(),
        exponent => format!("Each coin pays for writing or copying {} rows.", power_of_ten(exponent)),
    };
    let covered = if in_debt {
        match array.audited_by() {
            Some(other) => format!("The prices of the policy {other} are too low for this one."),
            None => "The prices are too low for these operations.".to_owned(),
        }
    } else if balance >= potential {
        format!("The balance covers the potential, {}.", fraction(potential))
    } else {
        format!("The balance does not cover the potential, {}.", fraction(potential))
    };
    svg.paragraph(Color::Ink, &format!("{each} {covered}"));
    format!("{text}. {covered}")
}

/// Draws all stacks, in a space that is the same for every balance.
fn draw_coins(svg: &mut Svg, coins: &Coins, in_debt: bool) {
    const DISTANCE: f64 = 38.0;
    const THICKNESS: f64 = 7.0;
    let radius = (svg.inner() / 9.0 - 6.0).min(DISTANCE - 6.0) / 2.0;
    let ground = svg.bottom + f64::from(STACK) * THICKNESS + 14.0;
    let place = |coin: u32| {
        let (stack, height) = (coin / STACK, coin % STACK);
        let left = Svg::EDGE + f64::from(stack) * (2.0 * radius + 6.0);
        (left, ground - f64::from(height + 1) * THICKNESS - 4.0)
    };
    let (round, thickness) = (Px(radius), Px(THICKNESS));
    let (across, back, up) = (Px(2.0 * radius), Px(-2.0 * radius), Px(-THICKNESS));
    let coin = |(left, top): (f64, f64)| {
        let (left, top) = (Px(left), Px(top));
        format!(
            "M{left},{top}v{thickness}a{round},4 0 0 0 {across},0v{up}a{round},4 0 0 0 {back},0a{round},4 0 0 0 {across},0"
        )
    };
    for number in 0..coins.whole {
        let path = coin(place(number));
        if in_debt {
            svg.fill(&path, Color::Page, 1.0);
            svg.path(&path, Stroke::of(Color::Red).thin());
        } else {
            svg.fill(&path, Color::Green, 1.0);
            svg.path(&path, Stroke::of(Color::Page).thin());
        }
    }
    // The part of a coin.
    if coins.part > 0.005 {
        let (left, top) = place(coins.whole);
        let color = if in_debt { Color::Red } else { Color::Green };
        let width = 2.0 * radius * coins.part;
        svg.rect(crate::svg::Area { x: left, y: top + 2.0, width, height: THICKNESS }, color);
        let outline = crate::svg::Area { x: left, y: top + 2.0, width: 2.0 * radius, height: THICKNESS };
        svg.frame(outline, Stroke::of(color).thin());
    }
    let (left, right) = (Svg::EDGE, Svg::EDGE + 9.0 * (2.0 * radius + 6.0) - 6.0);
    svg.line(&[(left, ground + 2.0), (right, ground + 2.0)], Stroke::of(Color::Grey).thin());
    if coins.whole == 0 && coins.part <= 0.005 {
        svg.text((left + 4.0, ground - LINE / 2.0), At::Start, Color::Grey, "no coin");
    }
    svg.bottom = ground + 8.0;
}

pub fn csv(arrays: &[&Array]) -> String {
    let mut csv = Csv::new("policy,operation,what,price,cost,bank,potential");
    for array in arrays {
        let policy = array.growth();
        for operation in array.recent() {
            let Some(entry) = operation.entry else { continue };
            let price = or_empty(entry.price);
            csv.line(&[
                &policy,
                &operation.number,
                &operation.op,
                &price,
                &entry.actual,
                &entry.bank,
                &entry.potential,
            ]);
        }
    }
    csv.finish()
}
