//! Pages as letters → a text in reading order whose every word knows where it stands.

mod edges;
mod grid;
mod paragraph;
mod scan;
mod words;
mod write;
mod zones;

pub(crate) use scan::{Recognised, recognised};

use std::collections::{BTreeMap, HashMap};

use khronika_core::Page;
use khronika_read::rendition::{Limits, Raster, Remark, RemarkKind, Rendition, Role};

use crate::gibberish;
use crate::source::{Frame, Letter, PageSeen, PdfSource, Unseen};
use paragraph::{Item, Print};
use words::Stretch;

/// Letters of a document beyond which it is not read: so many take half of what a parser may hold.
const MOST_LETTERS: usize = 24 << 20;

/// Pictures of pages that are made at once; more are made when they are asked for.
pub(crate) const MOST_PICTURES: usize = 24;

/// Pixels of all pictures that are made at once.
const MOST_PIXELS: u64 = 256 << 20;

/// What is said of pages whose pictures are still to be made.
pub(crate) const FURTHER: &str =
    "pages without words of their own, beyond those that pictures are made of at once; they were left out";

/// The resolution at which letters are recognised.
pub(crate) const DPI: f32 = 300.0;

/// How a page is turned so that most of its lines run from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turn {
    along: (f32, f32),
    shift: (f32, f32),
}

impl Turn {
    fn point(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (c, s) = self.along;
        (c * x + s * y + self.shift.0, c * y - s * x + self.shift.1)
    }

    fn back(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (c, s) = self.along;
        let (x, y) = (x - self.shift.0, y - self.shift.1);
        (c * x - s * y, s * x + c * y)
    }

    fn frame(frame: Frame, point: impl Fn((f32, f32)) -> (f32, f32)) -> Frame {
        let corners = [
            (frame.left, frame.top),
            (frame.right, frame.top),
            (frame.left, frame.bottom),
            (frame.right, frame.bottom),
        ]
        .map(point);
        let low = corners.iter().fold((f32::MAX, f32::MAX), |low, p| (low.0.min(p.0), low.1.min(p.1)));
        let high = corners.iter().fold((f32::MIN, f32::MIN), |high, p| (high.0.max(p.0), high.1.max(p.1)));
        Frame { left: low.0, top: low.1, right: high.0, bottom: high.1 }
    }

    /// By a right angle, or none: the page's corner stays its corner.
    fn right(quarter: u8, width: f32, height: f32) -> Self {
        match quarter {
            1 => Self { along: (0.0, 1.0), shift: (0.0, width) },
            2 => Self { along: (-1.0, 0.0), shift: (width, height) },
            3 => Self { along: (0.0, -1.0), shift: (height, 0.0) },
            _ => Self { along: (1.0, 0.0), shift: (0.0, 0.0) },
        }
    }
}

/// A page taken apart.
struct Laid {
    /// As shown.
    width: f32,
    shown_height: f32,
    /// As turned.
    height: f32,
    turn: Turn,
    /// What most of its lines are, and stand upright.
    stretches: Vec<Stretch>,
    /// What runs in other directions.
    askew: Vec<Stretch>,
    /// What is not seen.
    unseen: Vec<(Unseen, Stretch)>,
    furniture: Vec<(Role, Stretch)>,
    rules: Vec<Frame>,
    /// As shown.
    links: Vec<(Frame, String)>,
    raster: bool,
}

impl Laid {
    fn of(seen: PageSeen, facts: &mut Facts, number: usize) -> Self {
        let PageSeen { width, height, letters, rules, links, pictured, drawn, .. } = seen;
        let all = letters.iter().filter(|letter| !letter.sign.is_whitespace()).count();
        let unseen = letters.iter().filter(|l| !l.sign.is_whitespace() && l.unseen.is_some()).count();
        let layer = |why: Option<Unseen>| matches!(why, Some(Unseen::Inkless | Unseen::Covered));
        // The words that were recognised in a scan lie without ink over its picture, or under it.
        let is_layer = pictured >= 0.5
            && unseen * 10 >= all * 8
            && letters
                .iter()
                .filter(|l| l.unseen.is_some() && !l.sign.is_whitespace())
                .filter(|l| layer(l.unseen))
                .count()
                * 10
                >= unseen * 9
            && unseen > 0;
        if is_layer {
            facts.layers.push(number);
        }
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for mut letter in letters {
            if is_layer {
                letter.unseen = None;
            }
            match letter.unseen {
                Some(why) => hidden.push((why, letter)),
                None => shown.push(letter),
            }
        }
        let visible = shown.iter().filter(|letter| !letter.sign.is_whitespace()).count();
        let garbled = gibberish::is(shown.iter().map(|letter| letter.sign));
        let few = visible < 12 || (pictured >= 0.6 && visible < 200);
        let raster =
            garbled || (few && !is_layer && (pictured >= 0.25 || (drawn && visible == 0 && hidden.is_empty())));
        if garbled {
            facts.garbled.push(number);
            shown.clear();
        }
        let groups = by_angle(shown);
        let unseen_groups = if groups.is_empty() {
            by_angle(hidden.iter().map(|(_, letter)| letter.clone()).collect())
        } else {
            BTreeMap::new()
        };
        let main = if groups.is_empty() { &unseen_groups } else { &groups };
        let main = main.iter().max_by_key(|(degrees, group)| (group.len(), **degrees % 90 == 0)).map_or(0, |g| *g.0);
        let quarter = u8::try_from((main + 45).rem_euclid(360) / 90).unwrap_or(0);
        let turn = Turn::right(quarter, width, height);
        let turned_height = if quarter % 2 == 1 { width } else { height };
        let mut laid = Self {
            width,
            shown_height: height,
            height: turned_height,
            turn,
            stretches: Vec::new(),
            askew: Vec::new(),
            unseen: Vec::new(),
            furniture: Vec::new(),
            rules: rules.into_iter().map(|rule| Turn::frame(rule, |p| turn.point(p))).collect(),
            links,
            raster,
        };
        for (degrees, group) in groups {
            if degrees == main && degrees % 90 == 0 {
                laid.stretches = words::stretches(turned(group, turn));
            } else {
                laid.askew.extend(askew(group, degrees, turn));
            }
        }
        if !hidden.is_empty() {
            laid.hide(hidden, facts, number);
        }
        laid
    }

    /// What is not seen, in stretches of its own: it must not stand within what is.
    fn hide(&mut self, hidden: Vec<(Unseen, Letter)>, facts: &mut Facts, number: usize) {
        let mut by_why: BTreeMap<Unseen, Vec<Letter>> = BTreeMap::new();
        for (why, letter) in hidden {
            by_why.entry(why).or_default().push(letter);
        }
        for (why, letters) in by_why {
            if letters.iter().all(|letter| letter.sign.is_whitespace()) {
                continue;
            }
            facts.hidden.entry(why).or_default().push(number);
            let level: Vec<Letter> = turned(letters, self.turn);
            self.unseen.extend(words::stretches(level).into_iter().map(|stretch| (why, stretch)));
        }
    }
}

/// Letters by the direction in which they run.
fn by_angle(letters: Vec<Letter>) -> BTreeMap<i32, Vec<Letter>> {
    let mut groups: BTreeMap<i32, Vec<Letter>> = BTreeMap::new();
    let mut last = 0;
    for letter in letters {
        last = angle(&letter).unwrap_or(last);
        groups.entry(last).or_default().push(letter);
    }
    groups
}

/// In which direction a letter runs, in degrees; right angles are exact.
fn angle(letter: &Letter) -> Option<i32> {
    let (dx, dy) = (letter.to.0 - letter.from.0, letter.to.1 - letter.from.1);
    if dx.abs() + dy.abs() < 0.05 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "degrees")]
    let degrees = dy.atan2(dx).to_degrees().round() as i32;
    let near = (degrees + 45).div_euclid(90) * 90;
    let degrees = if (degrees - near).abs() <= 3 { near } else { degrees.div_euclid(5) * 5 };
    Some(degrees.rem_euclid(360))
}

fn turned(mut letters: Vec<Letter>, turn: Turn) -> Vec<Letter> {
    for letter in &mut letters {
        letter.from = turn.point(letter.from);
        letter.to = turn.point(letter.to);
    }
    letters
}

/// Letters that run in another direction than the page, as stretches in the page's own measure.
#[expect(clippy::cast_precision_loss, reason = "degrees")]
fn askew(letters: Vec<Letter>, degrees: i32, page: Turn) -> Vec<Stretch> {
    let radians = (degrees as f32).to_radians();
    let own = Turn { along: (radians.cos(), radians.sin()), shift: (0.0, 0.0) };
    let mut found = words::stretches(turned(letters, own));
    for stretch in &mut found {
        for word in &mut stretch.words {
            word.frame = Turn::frame(word.frame, |p| page.point(own.back(p)));
            word.raised = 0;
        }
        stretch.frame = Turn::frame(stretch.frame, |p| page.point(own.back(p)));
    }
    found
}

/// What the user is to know of the pages.
#[derive(Default)]
struct Facts {
    layers: Vec<usize>,
    garbled: Vec<usize>,
    broken: Vec<usize>,
    cut: Vec<usize>,
    hidden: BTreeMap<Unseen, Vec<usize>>,
}

/// Reads the pages of a document.
pub(crate) fn read(source: &dyn PdfSource, limits: Limits) -> Rendition {
    let count = source.pages().min(limits.pages);
    let mut facts = Facts::default();
    let mut left = limits.text.min(MOST_LETTERS);
    let mut pages: Vec<Laid> = Vec::new();
    for number in 0..count {
        // Of pages whose pictures are dealt with nothing is asked any more.
        let dealt_with = number < limits.first_picture;
        let seen = if dealt_with { PageSeen::default() } else { source.page(number, left.min(2_000_000)) };
        left = left.saturating_sub(seen.letters.len());
        if seen.broken {
            facts.broken.push(number);
        }
        if seen.cut {
            facts.cut.push(number);
        }
        pages.push(Laid::of(seen, &mut facts, number));
    }
    edges::part(&mut pages);
    let print = print(&pages);
    let mut items: Vec<Vec<Item>> = Vec::new();
    for page in &mut pages {
        let zones = zones::of(grid::rows(std::mem::take(&mut page.stretches), &page.rules));
        items.push(paragraph::items(zones, &page.rules, print, page.height));
    }
    title(&mut items, print);
    tie(&mut items, |n| pages.get(n - 1..=n).is_some_and(|pair| pair.iter().all(|page| !page.raster)));
    let mut rendition = write::write(&pages, items);
    pictures(source, &pages, limits, &mut rendition);
    remark(&facts, source.pages(), count, &mut rendition);
    rendition
}

/// Finds the paragraphs that a page ends in the middle. `may` says whether page `n` may go on with the one before it.
fn tie(items: &mut [Vec<Item>], may: impl Fn(usize) -> bool) {
    for n in 1..items.len() {
        let Some([before, page]) = items.get_mut(n - 1..=n) else { continue };
        let last = before.iter().rev().find(|item| item.role != Role::Footnote);
        if let (Some(last), Some(first), true) = (last, page.first_mut(), may(n)) {
            first.goes_on = paragraph::continues(last, first);
        }
    }
}

/// The size and weight of most letters.
fn print(pages: &[Laid]) -> Print {
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    let (mut heavy, mut all) = (0, 0);
    for stretch in pages.iter().flat_map(|page| &page.stretches) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "halves of points")]
        let half = (stretch.size.clamp(0.0, 1000.0) * 2.0).round() as u32;
        let chars = stretch.chars();
        *sizes.entry(half).or_default() += chars;
        all += chars;
        heavy += if stretch.bold { chars } else { 0 };
    }
    let most = sizes.into_iter().max_by_key(|(half, chars)| (*chars, *half)).map_or(20, |(half, _)| half);
    #[expect(clippy::cast_precision_loss, reason = "halves of points")]
    Print { size: most as f32 / 2.0, bold: heavy * 2 > all, exact: true }
}

/// The largest heading of the first page, where it is much larger than the rest.
fn title(items: &mut [Vec<Item>], print: Print) {
    let Some(first) = items.first_mut() else { return };
    let size = |item: &Item| item.lines.first().map_or(0.0, |line| line.size);
    let largest = first.iter().filter(|item| item.role == Role::Heading).map(size).fold(0.0, f32::max);
    if largest >= print.size * 1.3
        && let Some(item) = first.iter_mut().find(|item| item.role == Role::Heading && size(item) >= largest - 0.1)
    {
        item.role = Role::Title;
    }
}

/// Pictures of the pages whose words are to be recognised.
fn pictures(source: &dyn PdfSource, pages: &[Laid], limits: Limits, rendition: &mut Rendition) {
    let mut left = limits.unpacked.min(MOST_PIXELS);
    let (mut missing, mut undrawn) = (Vec::new(), Vec::new());
    let wanted = |page: &Laid| page.raster || limits.all_pictures;
    for (number, _) in pages.iter().enumerate().skip(limits.first_picture).filter(|(_, page)| wanted(page)) {
        if rendition.rasters.len() >= MOST_PICTURES || left == 0 {
            missing.push(number);
            continue;
        }
        match source.picture(number, DPI) {
            Some(gray) => {
                left = left.saturating_sub(gray.pixels.len() as u64);
                rendition.rasters.push(Raster {
                    page: u32::try_from(number).unwrap_or(u32::MAX),
                    width: gray.width,
                    height: gray.height,
                    gray: gray.pixels,
                });
            }
            None => undrawn.push(number),
        }
    }
    if !missing.is_empty() {
        rendition.remarks.push(about(RemarkKind::Limit, FURTHER, &missing));
    }
    if !undrawn.is_empty() {
        let what = "pages without words of which no picture could be drawn";
        rendition.remarks.push(about(RemarkKind::Damaged, what, &undrawn));
    }
}

fn remark(facts: &Facts, all: usize, read: usize, rendition: &mut Rendition) {
    let mut add = |kind, what: &str, pages: &[usize]| {
        if !pages.is_empty() {
            rendition.remarks.push(about(kind, what, pages));
        }
    };
    add(RemarkKind::Damaged, "pages that are broken and were read in part or not at all", &facts.broken);
    add(RemarkKind::Limit, "pages that hold more than is read of one; the rest of them was left out", &facts.cut);
    add(
        RemarkKind::Strange,
        "pages whose letters the document names wrongly, so that its words are gibberish; they are to be recognised from a picture",
        &facts.garbled,
    );
    let layer = "the text layer of a scan: words that a machine recognised in it, not those of its author";
    add(RemarkKind::Strange, layer, &facts.layers);
    for (why, pages) in &facts.hidden {
        let what =
            format!("words that are not seen ({}); they stand after the text of the page and are marked", why.why());
        add(RemarkKind::Strange, &what, pages);
    }
    if read < all {
        let what = format!("it has {all} pages, of which the first {read} were read");
        rendition.remarks.push(Remark { kind: RemarkKind::Limit, what, place: None });
    }
}

/// A remark on pages.
pub(crate) fn about(kind: RemarkKind, what: &str, pages: &[usize]) -> Remark {
    let mut numbers: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(first) = pages.get(at) {
        let mut last = at;
        while pages.get(last + 1).is_some_and(|next| pages.get(last).is_some_and(|this| this + 1 == *next)) {
            last += 1;
        }
        let end = pages.get(last).unwrap_or(first);
        numbers.push(if first == end { format!("{}", first + 1) } else { format!("{}–{}", first + 1, end + 1) });
        at = last + 1;
        if numbers.len() == 20 && at < pages.len() {
            numbers.push("…".to_owned());
            break;
        }
    }
    let place = if pages.len() == 1 { "page" } else { "pages" };
    Remark { kind, what: what.to_owned(), place: Some(format!("{place} {}", numbers.join(", "))) }
}

/// The page's place in the text, from its measures.
fn page_of(laid: &Laid, span: khronika_core::Span) -> Page {
    let points = |n: f32| khronika_core::hundredths(f64::from(n)).max(0);
    Page { span, width: points(laid.width), height: points(laid.shown_height) }
}
