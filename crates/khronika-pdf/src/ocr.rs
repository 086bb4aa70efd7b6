//! Words that were recognised in pictures, put at the place of their page.
//!
//! Whoever starts the command gives a [`Recognise`]; what it prints ([`tsv`]) is read here, and the lines go through the same layout as
//! those of documents with words of their own. The languages of a page are chosen by the page: a wrong one costs half its words.

pub mod tsv;

mod compare;
mod place;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use khronika_core::Lang;
use khronika_read::rendition::{Raster, Remark, RemarkKind, Rendition};

use crate::layout;

pub use compare::{Compared, Difference, compare};
pub use tsv::Page;

/// Whatever recognises letters in pictures: the `tesseract` command, or one that a test makes up.
pub trait Recognise: Sync {
    /// What is in a picture (a portable gray map, P5), as `tesseract`'s table of words. `langs` are its names joined by `+`.
    ///
    /// # Errors
    /// Why it did not work, in a sentence.
    fn tsv(&self, pgm: &[u8], langs: &str, dpi: u32) -> Result<String, String>;

    /// The names of the languages that it knows; none where it is not installed.
    fn languages(&self) -> Vec<String>;
}

/// Says which languages a text is in, with the share of each in percent.
pub type Tell<'t> = &'t (dyn Fn(&str) -> Vec<(Lang, u32)> + Sync);

/// The names that `tesseract` has for our languages.
const NAMES: [(Lang, &str); 9] = [
    (Lang::EN, "eng"),
    (Lang::FR, "fra"),
    (Lang::RU, "rus"),
    (Lang::UK, "ukr"),
    (Lang::KK, "kaz"),
    (Lang::DE, "deu"),
    (Lang::ES, "spa"),
    (Lang::IT, "ita"),
    (Lang::PL, "pol"),
];

/// The languages that are tried first on a page of which nothing is known.
const FIRST: [&str; 5] = ["eng", "fra", "rus", "ukr", "kaz"];

/// How to get what is missing.
const INSTALL: &str = "install the command tesseract with its languages, on Debian: \
    apt-get install tesseract-ocr tesseract-ocr-fra tesseract-ocr-rus tesseract-ocr-ukr tesseract-ocr-kaz";

/// From this mean confidence on, what the languages of the page before gave is taken as it is.
const SURE: f32 = 88.0;

/// Asks for the document anew, its pictures from this page on ([`khronika_read::rendition::Limits::first_picture`]).
pub type Further<'f> = &'f mut dyn FnMut(usize) -> Option<Rendition>;

/// Recognises the pages that `rendition` has pictures of, `workers` at a time, and puts their words into its text; pictures that were
/// left out for their number are asked for. The pictures are gone afterwards; what could not be done is remarked upon.
pub fn fill(rendition: &mut Rendition, further: Further<'_>, with: &dyn Recognise, tell: Tell<'_>, workers: usize) {
    let mut rasters = std::mem::take(&mut rendition.rasters);
    if rasters.is_empty() {
        return;
    }
    let installed = with.languages();
    if !installed.iter().any(|name| name != "osd") {
        let what = format!("pages without words ({}), and nothing to recognise them with: {INSTALL}", rasters.len());
        rendition.remarks.push(Remark { kind: RemarkKind::NotRead, what, place: None });
        return;
    }
    let missing: Vec<&str> = FIRST.into_iter().filter(|name| !installed.iter().any(|known| known == name)).collect();
    if !missing.is_empty() {
        let what = format!("letters were recognised without the languages {}; {INSTALL}", missing.join(", "));
        rendition.remarks.push(Remark { kind: RemarkKind::NotRead, what, place: None });
    }
    let sizes: Vec<i32> = rendition.layout.pages.iter().map(|page| page.width).collect();
    let ask = Ask { with, installed: &installed, tell, sizes: &sizes };
    let mut pages = Vec::new();
    let mut hint = None;
    loop {
        for (number, page) in ask.batch(&rasters, &mut hint, workers) {
            match page {
                Ok((page, _)) => pages.push((number, page)),
                Err(why) => {
                    let place = Some(format!("page {}", number + 1));
                    let what = format!("the letters of a page could not be recognised: {why}");
                    rendition.remarks.push(Remark { kind: RemarkKind::NotRead, what, place });
                }
            }
        }
        let last = rasters.last().and_then(|raster| usize::try_from(raster.page).ok());
        let left = rendition.remarks.iter().position(|remark| remark.what == layout::FURTHER);
        let (Some(last), Some(left)) = (last, left) else { break };
        let Some(more) = further(last + 1).filter(|more| !more.rasters.is_empty()) else { break };
        rendition.remarks.remove(left);
        rendition.remarks.extend(more.remarks.into_iter().filter(|remark| remark.what == layout::FURTHER));
        rasters = more.rasters;
    }
    place::put(rendition, pages);
}

/// A page and the languages that it was recognised in, where these were chosen.
type Told = Result<(Page, Option<String>), String>;

/// What is asked, and by what.
struct Ask<'a> {
    with: &'a dyn Recognise,
    installed: &'a [String],
    tell: Tell<'a>,
    /// The widths of the pages, in hundredths of a point.
    sizes: &'a [i32],
}

impl Ask<'_> {
    /// Recognises the pages of some pictures, which come in the order of their pages. The languages of the first are tried first on all
    /// others, however many are recognised at once: so the same document always gives the same words.
    fn batch(&self, rasters: &[Raster], hint: &mut Option<String>, workers: usize) -> Vec<(u32, Told)> {
        let mut seen: Vec<(u32, Told)> = Vec::new();
        let mut rest = rasters;
        if hint.is_none()
            && let Some((first, others)) = rasters.split_first()
        {
            let told = self.page(first, None);
            if let Ok((_, langs)) = &told {
                hint.clone_from(langs);
            }
            seen.push((first.page, told));
            rest = others;
        }
        let next = AtomicUsize::new(0);
        let others: Mutex<Vec<(u32, Told)>> = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..workers.clamp(1, rest.len().max(1)) {
                scope.spawn(|| {
                    while let Some(raster) = rest.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let told = self.page(raster, hint.as_deref());
                        if let Ok(mut others) = others.lock() {
                            others.push((raster.page, told));
                        }
                    }
                });
            }
        });
        seen.extend(others.into_inner().unwrap_or_default());
        seen.sort_by_key(|(page, _)| *page);
        seen
    }

    /// Recognises one page in the languages that fit it best.
    fn page(&self, raster: &Raster, hint: Option<&str>) -> Told {
        let width = usize::try_from(raster.page).ok().and_then(|n| self.sizes.get(n)).copied().unwrap_or(59_500);
        let pgm = pgm(raster);
        let dpi = dpi(raster, width);
        let run = |langs: &str| self.with.tsv(&pgm, langs, dpi).map(|table| tsv::read(&table, raster.width, width));
        if let Some(langs) = hint {
            let seen = run(langs)?;
            if seen.confidence() >= SURE && self.fitting(&seen).as_deref() == Some(langs) {
                return Ok((seen, Some(langs.to_owned())));
            }
        }
        let known = |name: &&str| self.installed.iter().any(|installed| installed == *name);
        let all: Vec<&str> = FIRST.into_iter().filter(known).collect();
        let all = if all.is_empty() { self.installed.iter().take(1).map(String::as_str).collect() } else { all };
        let first = run(&all.join("+"))?;
        let Some(langs) = self.fitting(&first).filter(|langs| *langs != all.join("+")) else {
            return Ok((first, None));
        };
        let second = run(&langs)?;
        if second.words() * 10 < first.words() * 9 || second.confidence() + 1.0 < first.confidence() {
            return Ok((first, None));
        }
        Ok((second, Some(langs)))
    }

    /// The languages that a page is in, as `tesseract` names them; `None` where that is not known or would leave much of it out.
    fn fitting(&self, page: &Page) -> Option<String> {
        let mut found: Vec<(u32, &str)> = Vec::new();
        let mut covered = 0;
        for (lang, share) in (self.tell)(&page.text()) {
            let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == lang) else { continue };
            if share >= 8 && self.installed.iter().any(|installed| installed == name) {
                found.push((share, name));
                covered += share;
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        (covered >= 85 && !found.is_empty()).then(|| found.iter().map(|(_, name)| *name).collect::<Vec<_>>().join("+"))
    }
}

/// A picture as a portable gray map.
#[must_use]
pub fn pgm(raster: &Raster) -> Vec<u8> {
    let mut out = format!("P5\n{} {}\n255\n", raster.width, raster.height).into_bytes();
    out.extend_from_slice(&raster.gray);
    out
}

/// The resolution of a picture of a page that is `width` hundredths of a point wide.
fn dpi(raster: &Raster, width: i32) -> u32 {
    let hundredths = u64::try_from(width.max(1)).unwrap_or(1);
    u32::try_from((u64::from(raster.width) * 7200 + hundredths / 2) / hundredths).unwrap_or(300).clamp(70, 1200)
}
