//! What a font program says of its letters: how far they reach, how heavy they are, and which sign is which letter.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro::hayro_interpret::font::{FontData, OutlineFontData};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// What is known of a font.
#[derive(Clone)]
pub(crate) struct Metrics {
    /// Over the base line and under it, as parts of the size.
    pub reach: (f32, f32),
    /// Heavy print.
    pub bold: bool,
    program: Option<FontData>,
    signs: Rc<OnceCell<HashMap<u32, char>>>,
}

impl Default for Metrics {
    fn default() -> Self {
        // As of Times and Helvetica, between the two.
        Self { reach: (0.72, 0.22), bold: false, program: None, signs: Rc::default() }
    }
}

impl Metrics {
    /// The letter of a glyph by the font program's own table, which a document without one of its own leaves as the only word on it.
    pub(crate) fn sign_of(&self, glyph: u32) -> Option<char> {
        let program = self.program.as_ref()?;
        self.signs.get_or_init(|| signs((**program).as_ref())).get(&glyph).copied()
    }
}

/// Reads a font program.
pub(crate) fn of(data: &OutlineFontData) -> Metrics {
    let mut found = Metrics::default();
    let name = data.postscript_name.as_deref().unwrap_or_default().to_ascii_lowercase();
    let heavy = ["bold", "black", "heavy"].iter().any(|word| name.contains(word));
    found.bold = heavy || data.weight.is_some_and(|weight| weight >= 600);
    let bytes: &[u8] = (*data.data).as_ref();
    let Ok(font) = FontRef::new(bytes) else { return found };
    let metrics = font.metrics(Size::new(1.0), LocationRef::default());
    let (up, down) = (metrics.ascent, -metrics.descent);
    if (0.4..=1.4).contains(&up) && (0.0..=0.8).contains(&down) {
        found.reach = (up, down);
    }
    found.program = Some(data.data.clone());
    found
}

/// Which glyph stands for which letter, the other way round than the font program has it.
fn signs(program: &[u8]) -> HashMap<u32, char> {
    let mut signs = HashMap::new();
    let Ok(font) = FontRef::new(program) else { return signs };
    for (code, glyph) in font.charmap().mappings().take(70_000) {
        if let Some(sign) = char::from_u32(code) {
            signs.entry(glyph.to_u32()).or_insert(sign);
        }
    }
    signs
}
