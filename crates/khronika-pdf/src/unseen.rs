//! Which letters of a page nobody sees.

use crate::engine::Area;
use crate::source::{Letter, Unseen};

/// What a letter is drawn with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ink {
    /// None where a pattern makes it.
    pub colour: Option<[f32; 3]>,
    /// From 0, nothing, to 1.
    pub opacity: f32,
}

/// Colours that differ less than this in every part are one to the eye.
const ALIKE: f32 = 0.07;

/// The point in the middle of a letter.
pub(crate) fn middle(letter: &Letter) -> (f32, f32) {
    let (x, y) = ((letter.from.0 + letter.to.0) / 2.0, (letter.from.1 + letter.to.1) / 2.0);
    let (dx, dy) = (letter.to.0 - letter.from.0, letter.to.1 - letter.from.1);
    let length = dx.hypot(dy);
    let (dx, dy) = if length > 1e-3 { (dx / length, dy / length) } else { (1.0, 0.0) };
    // A quarter of its size over the base line, at a right angle to it.
    let up = letter.size * 0.25;
    (x + dy * up, y - dx * up)
}

/// Says of each letter why it is not seen.
pub(crate) fn judge(letters: &mut [Letter], inks: &[Ink], areas: &[Area]) {
    for (n, (letter, ink)) in letters.iter_mut().zip(inks).enumerate() {
        if letter.unseen.is_some() {
            continue;
        }
        if ink.opacity < 0.05 {
            letter.unseen = Some(Unseen::Inkless);
            continue;
        }
        let point = middle(letter);
        let over = areas.partition_point(|area| area.after <= n);
        let above = areas.get(over..).unwrap_or_default();
        if above.iter().any(|area| area.opaque && area.frame.holds(point)) {
            letter.unseen = Some(Unseen::Covered);
            continue;
        }
        let Some(colour) = ink.colour else { continue };
        let below = areas.get(..over).unwrap_or_default().iter().rev().find(|area| area.frame.holds(point));
        let ground = match below {
            Some(area) => area.colour,
            None => Some([1.0; 3]),
        };
        if ground.is_some_and(|ground| colour.iter().zip(ground).all(|(a, b)| (a - b).abs() < ALIKE)) {
            letter.unseen = Some(Unseen::Colour);
        }
    }
}
