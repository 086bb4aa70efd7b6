//! PDF documents through `hayro`: one interpretation of a page gives its letters, what lies over and under them, and its picture.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, TransformExt, font, interpret_page,
};
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use khronika_read::rendition::{Limits, Refusal};

use crate::metrics::{self, Metrics};
use crate::source::{Beside, Frame, Gray, Letter, PageSeen, PdfSource, Unseen};
use crate::{beside, inflate, unseen};

/// Nothing that is drawn on one page is looked at beyond this many things.
const MOST_DRAWN: usize = 1_000_000;

/// Rules and filled areas are remembered up to this many on a page.
const MOST_AREAS: usize = 4_000;

/// Links are told up to this many on a page.
const MOST_LINKS: usize = 300;

/// What a page draws is not unpacked beyond this many bytes.
const MOST_CONTENT: u64 = 64 << 20;

/// No picture of a page has more pixels.
const MOST_PIXELS: f32 = 25e6;

/// Opens a document with a password; the empty one opens what anybody may read.
///
/// # Errors
/// Why it cannot be opened.
pub(crate) fn open(bytes: &[u8], password: &str) -> Result<Pdf, Refusal> {
    let data: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
    match guarded(|| Pdf::new_with_password(data, password)) {
        Some(Ok(pdf)) => Ok(pdf),
        Some(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => Err(Refusal::Locked),
        Some(Err(LoadPdfError::Decryption(why))) => {
            Err(Refusal::Unsupported(format!("it is encrypted in a way that is not known ({why:?})")))
        }
        Some(Err(LoadPdfError::Invalid)) => {
            // The list of pages may itself be in what is encrypted.
            let encrypted = bytes.windows(8).any(|eight| eight == b"/Encrypt");
            let why = if encrypted { "; it is encrypted, and may need a password" } else { "" };
            Err(Refusal::Damaged(format!("no pages were found in it{why}")))
        }
        None => Err(Refusal::Damaged("its structure broke the parser".to_owned())),
    }
}

/// A document opened with `hayro`.
pub(crate) struct Engine<'p> {
    pdf: &'p Pdf,
    cache: RefCell<InterpreterCache<'p>>,
    fonts: RefCell<HashMap<u128, Metrics>>,
}

impl<'p> Engine<'p> {
    pub(crate) fn new(pdf: &'p Pdf) -> Self {
        Self { pdf, cache: RefCell::new(InterpreterCache::new()), fonts: RefCell::default() }
    }
}

/// What the closure gives, or `None` where it panics: the parser is others' work, and one page of it is not worth a document.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

impl PdfSource for Engine<'_> {
    fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    fn page(&self, number: usize, most: usize) -> PageSeen {
        let Some(page) = self.pdf.pages().get(number) else { return PageSeen::default() };
        let (width, height) = page.render_dimensions();
        let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        if !is_bounded(page) {
            return PageSeen { width, height, cut: true, ..PageSeen::default() };
        }
        let watcher = RefCell::new(Watcher::new(frame, most, self.fonts.take()));
        let cache = self.cache.borrow().clone();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let settings = InterpreterSettings::default();
            let transform = page.initial_transform(true).to_kurbo();
            let mut context = Context::new(transform, frame, &cache, page.xref(), settings);
            interpret_page(page, &mut context, &mut Borrowed(&watcher));
        }));
        let broken = ended.is_err_and(|why: Box<dyn Any + Send>| !why.is::<Enough>());
        if broken {
            // What broke may have left it half written.
            self.cache.replace(InterpreterCache::new());
        }
        let (mut seen, fonts) = watcher.into_inner().finish(broken);
        self.fonts.replace(fonts);
        seen.links = guarded(|| links(page)).unwrap_or_default();
        seen
    }

    fn picture(&self, number: usize, dpi: f32) -> Option<Gray> {
        let page = self.pdf.pages().get(number)?;
        let (width, height) = page.render_dimensions();
        let mut scale = dpi / 72.0;
        if !(width.is_finite() && height.is_finite()) || width < 1.0 || height < 1.0 {
            return None;
        }
        scale = scale.min((MOST_PIXELS / (width * height)).sqrt()).min(16_000.0 / width.max(height));
        if !is_bounded(page) {
            return None;
        }
        guarded(|| {
            let pixmap = hayro::render(
                page,
                &RenderCache::new(),
                &InterpreterSettings::default(),
                &RenderSettings::default(),
                &PixmapSettings {
                    x_scale: scale,
                    y_scale: scale,
                    bg_color: hayro::vello_cpu::color::palette::css::WHITE,
                },
            );
            let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
            let pixels = pixmap.data().iter().map(|p| luma(p.r, p.g, p.b)).collect();
            Gray { width, height, pixels }
        })
        .filter(|gray| gray.width > 0 && gray.height > 0)
    }

    fn beside(&self, limits: Limits) -> Beside {
        guarded(|| beside::of(self.pdf, limits)).unwrap_or_default()
    }
}

/// The links of a page that lead out of the document.
fn links(page: &Page<'_>) -> Vec<(Frame, String)> {
    let transform = page.initial_transform(true).to_kurbo();
    let mut found = Vec::new();
    for note in beside::dicts(page.raw(), "Annots", beside::MOST_DICTS) {
        let Some(place) = note.get::<hayro::hayro_syntax::object::Rect>("Rect") else { continue };
        let Some(Object::String(to)) = note.get::<Dict<'_>>("A").and_then(|action| action.get::<Object<'_>>("URI"))
        else {
            continue;
        };
        let place = transform.transform_rect_bbox(Rect::new(place.x0, place.y0, place.x1, place.y1));
        found.push((frame(place), beside::words(to.as_bytes())));
        if found.len() >= MOST_LINKS {
            break;
        }
    }
    found
}

/// Whether what a page draws unpacks to a bounded length.
fn is_bounded(page: &Page<'_>) -> bool {
    let mut left = MOST_CONTENT;
    let mut fits = |stream: &Stream<'_>| match inflate::length(stream, left) {
        Some(length) => {
            left = left.saturating_sub(length);
            true
        }
        None => false,
    };
    if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
        return fits(&stream);
    }
    page.raw()
        .get::<Array<'_>>("Contents")
        .is_none_or(|streams| streams.iter::<Stream<'_>>().all(|stream| fits(&stream)))
}

/// How bright a colour is (ITU-R BT.601).
pub(crate) fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
}

/// Thrown where a page holds more than is looked at.
struct Enough;

/// Something that covers an area.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub frame: Frame,
    /// `None` for a picture or a pattern.
    pub colour: Option<[f32; 3]>,
    /// Nothing under it is seen.
    pub opaque: bool,
    /// After how many letters it was drawn.
    pub after: usize,
}

/// A marked passage.
struct Marked {
    /// What it spells instead of its letters, as far as that is still to be told.
    spelled: Option<String>,
    /// It belongs to the page and not to its text.
    around: bool,
}

/// Looks at what is drawn.
struct Watcher {
    page: Rect,
    seen: PageSeen,
    /// The colour of each letter, and how opaque it is; the colour is none where a pattern makes it.
    inks: Vec<unseen::Ink>,
    areas: Vec<Area>,
    clips: Vec<Rect>,
    groups: Vec<f32>,
    /// The marked passages that are open.
    marked: Vec<Marked>,
    fonts: HashMap<u128, Metrics>,
    drawn: usize,
    most: usize,
}

impl Watcher {
    fn new(page: Rect, most: usize, fonts: HashMap<u128, Metrics>) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let seen = PageSeen { width: page.width() as f32, height: page.height() as f32, ..PageSeen::default() };
        Self {
            page,
            seen,
            inks: Vec::new(),
            areas: Vec::new(),
            clips: Vec::new(),
            groups: Vec::new(),
            marked: Vec::new(),
            fonts,
            drawn: 0,
            most,
        }
    }

    fn count(&mut self, things: usize) {
        self.drawn += things;
        if self.drawn > MOST_DRAWN {
            self.seen.cut = true;
            resume_unwind(Box::new(Enough));
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    fn finish(mut self, broken: bool) -> (PageSeen, HashMap<u128, Metrics>) {
        self.seen.broken = broken;
        unseen::judge(&mut self.seen.letters, &self.inks, &self.areas);
        (self.seen, self.fonts)
    }

    fn run(&mut self, run: &font::GlyphRun<'_, '_>, props: &DrawProps<'_>, mode: &DrawMode) {
        let glyphs = run.glyphs();
        self.count(glyphs.len());
        let opacity: f32 = self.groups.iter().product();
        let ink = match (&props.paint, mode) {
            (_, DrawMode::Invisible) => unseen::Ink { colour: None, opacity: 0.0 },
            (Paint::Color(colour), _) => {
                let [red, green, blue, alpha] = colour.to_rgba().components();
                unseen::Ink { colour: Some([red, green, blue]), opacity: alpha * opacity }
            }
            (Paint::Pattern(_), _) => unseen::Ink { colour: None, opacity: opacity.max(0.0) },
        };
        let metrics = self.metrics(glyphs.first());
        let around = self.marked.iter().any(|marked| marked.around);
        let clip = self.clip();
        let matrices: Vec<Affine> = glyphs.iter().map(|glyph| props.transform * glyph.transform()).collect();
        let stretched = is_stretched(&matrices);
        for (glyph, matrix) in glyphs.iter().zip(&matrices) {
            if self.seen.letters.len() >= self.most {
                self.seen.cut = true;
                return;
            }
            let Some((sign, more)) = self.sign(glyph, &metrics) else { continue };
            let advance = f64::from(match &**glyph {
                font::Glyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
                font::Glyph::Type3(drawn) => drawn.advance_width().unwrap_or(500.0),
            });
            let Some(mut letter) = place(*matrix, advance, stretched) else { continue };
            letter.sign = sign;
            letter.more = more;
            letter.bold = metrics.bold;
            letter.reach = metrics.reach;
            letter.around = around;
            if letter.size < 2.0 {
                letter.unseen = Some(Unseen::Tiny);
            }
            let middle = unseen::middle(&letter);
            let point = Point::new(f64::from(middle.0), f64::from(middle.1));
            if !clip.inflate(0.5, 0.5).contains(point) {
                letter.unseen = Some(Unseen::Outside);
            }
            self.seen.letters.push(letter);
            self.inks.push(ink);
        }
    }

    fn metrics(&mut self, glyph: Option<&font::PositionedGlyph<'_>>) -> Metrics {
        let Some(font::Glyph::Outline(outline)) = glyph.map(|glyph| &**glyph) else { return Metrics::default() };
        let Some(data) = outline.font_data() else { return Metrics::default() };
        self.fonts.entry(data.cache_key).or_insert_with(|| metrics::of(&data)).clone()
    }

    /// What the glyph stands for: what a marked passage spells for it, what its font says, or what the font program's own table does.
    fn sign(&mut self, glyph: &font::PositionedGlyph<'_>, metrics: &Metrics) -> Option<(char, Option<Box<str>>)> {
        let found = glyph.as_unicode();
        let is_told = match &found {
            None => false,
            Some(BfString::Char(c)) => !is_private(*c) && *c != '\0',
            Some(BfString::String(s)) => !s.is_empty() && !s.chars().any(is_private),
        };
        if let Some(Marked { spelled: Some(spelled), .. }) = self.marked.last_mut() {
            // A soft hyphen is what a typesetter means by the hyphen that it breaks a word with.
            // Typst's fonts have the sign of one for every hyphen, and what it is stands beside it.
            let is_soft = matches!(found, Some(BfString::Char('\u{AD}')));
            if !is_told || is_soft || spelled == "\u{AD}" {
                let mut chars = std::mem::take(spelled).chars().collect::<Vec<_>>().into_iter();
                let first = chars.next()?;
                let rest: String = chars.collect();
                return Some((first, (!rest.is_empty()).then(|| rest.into_boxed_str())));
            }
        }
        if !is_told
            && let font::Glyph::Outline(outline) = &**glyph
            && let Some(sign) = metrics.sign_of(outline.glyph_id().to_u32())
        {
            return Some((sign, None));
        }
        match found {
            None | Some(BfString::Char('\0')) => Some((char::REPLACEMENT_CHARACTER, None)),
            Some(BfString::Char(c)) => Some((c, None)),
            Some(BfString::String(s)) => {
                let mut chars = s.chars();
                let first = chars.next()?;
                let rest = chars.as_str();
                Some((first, (!rest.is_empty()).then(|| rest.into())))
            }
        }
    }

    fn area(&mut self, shape: Rect, colour: Option<[f32; 3]>, opaque: bool) {
        let shape = shape.intersect(self.clip());
        if self.areas.len() < MOST_AREAS && shape.width() >= 1.0 && shape.height() >= 1.0 {
            let after = self.seen.letters.len();
            self.areas.push(Area { frame: frame(shape), colour, opaque, after });
        }
    }

    fn rule(&mut self, shape: Rect) {
        let shape = shape.intersect(self.clip().inflate(1.0, 1.0));
        let (width, height) = (shape.width(), shape.height());
        let thin = (height <= 3.0 && width >= 12.0) || (width <= 3.0 && height >= 8.0);
        if thin && self.seen.rules.len() < MOST_AREAS {
            self.seen.rules.push(frame(shape));
        }
    }

    fn shape(&mut self, bounds: Rect, is_rect: bool, props: &DrawProps<'_>, mode: &DrawMode) {
        self.count(1);
        self.seen.drawn = true;
        let corners = props.transform.transform_rect_bbox(bounds);
        self.rule(corners);
        if matches!(mode, DrawMode::Stroke(_) | DrawMode::Invisible) {
            return;
        }
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let straight = (b.abs() < 1e-6 && c.abs() < 1e-6) || (a.abs() < 1e-6 && d.abs() < 1e-6);
        let (colour, alpha) = match &props.paint {
            Paint::Color(colour) => {
                let [red, green, blue, alpha] = colour.to_rgba().components();
                (Some([red, green, blue]), alpha)
            }
            Paint::Pattern(_) => (None, 1.0),
        };
        let clear = props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        let opacity: f32 = alpha * self.groups.iter().product::<f32>();
        if opacity < 0.1 {
            return;
        }
        let solid = is_rect && straight && clear && opacity > 0.95;
        self.area(corners, colour.filter(|_| solid), solid && colour.is_some());
    }
}

/// Glyphs of one run that are stretched each in its own way, as those of a stand-in font are.
fn is_stretched(matrices: &[Affine]) -> bool {
    let ratio = |matrix: &Affine| {
        let [a, b, c, d, ..] = matrix.as_coeffs();
        a.hypot(b) / c.hypot(d).max(1e-9)
    };
    let (low, high) = matrices.iter().map(ratio).fold((f64::MAX, 0.0_f64), |(low, high), r| (low.min(r), high.max(r)));
    high > low * 1.02
}

/// The letter that a glyph with this matrix and advance (thousandths) is, as yet without its sign.
#[expect(clippy::cast_possible_truncation, reason = "points of a page")]
fn place(matrix: Affine, advance: f64, stretched: bool) -> Option<Letter> {
    let [a, b, c, d, e, f] = matrix.as_coeffs();
    if ![a, b, c, d, e, f].iter().all(|n| n.is_finite()) || e.abs() > 1e6 || f.abs() > 1e6 {
        return None;
    }
    let size = c.hypot(d) * 1000.0;
    let along = a.hypot(b);
    let scale = if stretched && along > 0.0 { c.hypot(d) / along } else { 1.0 };
    let (dx, dy) = (a * advance * scale, b * advance * scale);
    Some(Letter {
        sign: ' ',
        more: None,
        from: (e as f32, f as f32),
        to: ((e + dx) as f32, (f + dy) as f32),
        size: size.min(1e5) as f32,
        reach: (0.0, 0.0),
        bold: false,
        unseen: None,
        around: false,
    })
}

fn is_private(sign: char) -> bool {
    matches!(u32::from(sign), 0xE000..=0xF8FF | 0xF_0000.. | 0..=8 | 0xB | 0xE..=0x1F | 0xFFFD)
}

#[expect(clippy::cast_possible_truncation, reason = "points of a page")]
fn frame(shape: Rect) -> Frame {
    Frame { left: shape.x0 as f32, top: shape.y0 as f32, right: shape.x1 as f32, bottom: shape.y1 as f32 }
}

/// The watcher outlives a panic of the interpreter: what was seen before it is kept.
struct Borrowed<'w>(&'w RefCell<Watcher>);

impl Borrowed<'_> {
    fn with(&self, look: impl FnOnce(&mut Watcher)) {
        if let Ok(mut watcher) = self.0.try_borrow_mut() {
            look(&mut watcher);
        }
    }
}

impl<'a> Device<'a> for Borrowed<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.with(|w| w.shape(path.bounding_box(), false, &props, mode));
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.with(|w| w.shape(rect.abs(), true, &props, mode));
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.with(|w| {
            w.count(1);
            let clip = w.clip().intersect(clip.path.bounding_box());
            w.clips.push(clip);
        });
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.with(|w| {
            w.count(1);
            let clip = w.clip().intersect(rect.abs());
            w.clips.push(clip);
        });
    }

    fn pop_clip(&mut self) {
        self.with(|w| {
            w.clips.pop();
        });
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        // What a mask leaves of it is not known: enough to be seen.
        self.with(|w| w.groups.push(if mask.is_some() { opacity.min(0.9) } else { opacity }));
    }

    fn pop_transparency_group(&mut self) {
        self.with(|w| {
            w.groups.pop();
        });
    }

    fn draw_glyph_run(&mut self, run: &font::GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.with(|w| w.run(run, &props, mode));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.with(|w| {
            w.count(1);
            w.seen.drawn = true;
            let whole = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
            let bounds = props.transform.transform_rect_bbox(whole).intersect(w.clip()).intersect(w.page);
            w.rule(bounds);
            let opaque = matches!(image, Image::Raster(_))
                && props.soft_mask.is_none()
                && w.groups.iter().product::<f32>() > 0.95;
            w.area(bounds, None, opaque);
            let page = (w.page.width() * w.page.height()).max(1.0);
            #[expect(clippy::cast_possible_truncation, reason = "a share")]
            let share = (bounds.width().max(0.0) * bounds.height().max(0.0) / page) as f32;
            w.seen.pictured = (w.seen.pictured + share).min(1.0);
        });
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let spelled = properties.and_then(|dict| match dict.get::<Object<'_>>(b"ActualText") {
            Some(Object::String(text)) => Some(beside::words(text.as_bytes())),
            _ => None,
        });
        let around = tag == b"Artifact"
            && properties
                .and_then(|dict| dict.get::<Name<'_>>("Type"))
                .is_some_and(|kind| kind.as_str() == "Pagination");
        self.with(|w| w.marked.push(Marked { spelled, around }));
    }

    fn end_marked_content(&mut self) {
        self.with(|w| {
            w.marked.pop();
        });
    }
}
