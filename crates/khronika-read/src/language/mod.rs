//! The language of a document and of each of its parts.
//!
//! Letters and function words decide, by tables that are data ([`model`]): how often each letter comes in a language, and its most
//! frequent small words. Both are votes in one sum, so that a Kazakh name in a Russian sentence does not outweigh the sentence, and
//! і, which Kazakh and Ukrainian share, decides nothing alone. A part takes another language than the document only where the
//! evidence for it is strong; what no table fits is `und`.

mod model;
#[cfg(feature = "lingua")]
mod second;

use khronika_core::{Block, BlockKind, Lang, Span};
use khronika_data::Dataset;

use crate::LexiconError;

pub(crate) use model::Models;
use model::{Script, Sums};

/// How much of each part is looked at (bytes).
const SAMPLE: usize = 400;

/// A lead of this much (natural logarithm of the odds) settles a language.
const SURE: f32 = 5.0;

/// What the document's languages turned out to be.
pub(crate) struct Found {
    /// The main language.
    pub main: Lang,
    /// Every language of some part, the main one first, then by how much is written in them.
    pub all: Vec<Lang>,
}

/// Tells languages by themselves, for who asks before there is a document.
#[derive(Debug)]
pub struct Tongues(Models);

impl Tongues {
    /// Loads what languages are told by.
    ///
    /// # Errors
    /// Where a data file is not what it should be.
    pub fn new(data: &Dataset) -> Result<Self, LexiconError> {
        Models::load(data).map(Self)
    }

    /// The languages of a text, each line for itself, with their shares of its letters in percent; the largest first.
    #[must_use]
    pub fn of(&self, text: &str) -> Vec<(Lang, u32)> {
        let mut at = 0;
        let mut blocks: Vec<Block> = Vec::new();
        for line in text.split_inclusive('\n') {
            let span = Span::new(at, at + line.trim_end().len());
            at += line.len();
            if !span.is_empty() {
                blocks.push(Block { span, kind: BlockKind::Paragraph, lang: Lang::UND });
            }
        }
        assign(&self.0, text, &mut blocks, None, None);
        let mut sizes: std::collections::BTreeMap<Lang, usize> = std::collections::BTreeMap::new();
        for block in &blocks {
            *sizes.entry(block.lang).or_default() += block.span.of(text).chars().filter(|c| c.is_alphabetic()).count();
        }
        let all = sizes.values().sum::<usize>().max(1);
        let share = |size: usize| u32::try_from(size * 100 / all).unwrap_or(0);
        let mut shares: Vec<(Lang, u32)> = sizes.into_iter().map(|(lang, size)| (lang, share(size))).collect();
        shares.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        shares
    }
}

/// Gives every block its language and tells the document's. `given` is the main language where the user said it, `hint` what the
/// document itself declares.
pub(crate) fn assign(
    models: &Models,
    text: &str,
    blocks: &mut [Block],
    given: Option<Lang>,
    hint: Option<Lang>,
) -> Found {
    let mut sums = Sums::new(models);
    let mut votes = Vec::with_capacity(blocks.len());
    for block in blocks.iter() {
        let words = block.span.of(text);
        let sample = words.get(..words.floor_char_boundary(SAMPLE.min(words.len()))).unwrap_or_default();
        let vote = models.vote(sample);
        if block.kind != BlockKind::Furniture {
            sums.add(models, &vote);
        }
        votes.push(vote.verdict(models));
    }
    let main = given.unwrap_or_else(|| main_language(models, &sums, text, hint));
    let main_script = models.script_of(main).or(sums.script());
    for (block, vote) in blocks.iter_mut().zip(&votes) {
        block.lang = part_language(main, main_script, vote);
    }
    Found { main, all: languages(blocks, main) }
}

#[cfg_attr(not(feature = "lingua"), expect(unused_variables))]
fn main_language(models: &Models, sums: &Sums, text: &str, hint: Option<Lang>) -> Lang {
    let Some(script) = sums.script() else { return hint.unwrap_or(Lang::UND) };
    if let Script::Other(lang) = script {
        return lang;
    }
    let Some(verdict) = sums.verdict(models) else { return hint.unwrap_or(Lang::UND) };
    #[cfg(feature = "lingua")]
    if hint.is_none()
        && verdict.lead < SURE
        && let Some(lang) = second::opinion(text)
    {
        return lang;
    }
    if !sums.is_plausible(verdict.best) {
        return Lang::UND;
    }
    match hint {
        Some(hint) if verdict.lead < SURE => hint,
        _ if verdict.lead < 1.0 => Lang::UND,
        _ => verdict.lang,
    }
}

/// The language of one part: its own where that is sure, the document's where the script allows it.
fn part_language(main: Lang, main_script: Option<Script>, vote: &Option<model::Verdict>) -> Lang {
    let Some(verdict) = vote else { return main };
    if let Script::Other(lang) = verdict.script {
        return lang;
    }
    if verdict.lang == main {
        return main;
    }
    let same_script = main_script.is_none_or(|s| s == verdict.script);
    let over_main = verdict.lead_over(main).unwrap_or(verdict.lead);
    if same_script {
        // Latin letters are shared by too many names: words must speak for the other language. Cyrillic letters may decide alone.
        let spoken = verdict.words >= 3 && verdict.words > verdict.words_for(main);
        let lettered = verdict.script == Script::Cyrillic && over_main >= 2.0 * SURE;
        if verdict.lead >= 1.0 && over_main >= SURE && (spoken || lettered) { verdict.lang } else { main }
    } else if verdict.lead >= SURE || (verdict.words >= 2 && verdict.lead >= 1.0) {
        verdict.lang
    } else if verdict.letters < 12 {
        main
    } else {
        Lang::UND
    }
}

fn languages(blocks: &[Block], main: Lang) -> Vec<Lang> {
    let mut sizes: std::collections::BTreeMap<Lang, usize> = std::collections::BTreeMap::new();
    for block in blocks.iter().filter(|b| b.kind != BlockKind::Furniture && b.lang != Lang::UND) {
        *sizes.entry(block.lang).or_default() += block.span.len();
    }
    sizes.remove(&main);
    let mut others: Vec<(Lang, usize)> = sizes.into_iter().collect();
    others.sort_by(|(a, m), (b, n)| n.cmp(m).then(a.cmp(b)));
    std::iter::once(main).chain(others.into_iter().map(|(lang, _)| lang)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use khronika_core::Span;
    use khronika_data::Dataset;

    fn told(text: &str) -> (String, String) {
        let models = Models::load(&Dataset::embedded()).unwrap();
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trim(text);
            blocks.push(Block { span, kind: BlockKind::Paragraph, lang: Lang::UND });
            at += line.len();
        }
        let found = assign(&models, text, &mut blocks, None, None);
        let each: Vec<_> = blocks.iter().map(|b| b.lang.to_string()).collect();
        (found.all.iter().map(Lang::to_string).collect::<Vec<_>>().join(" "), each.join(" "))
    }

    #[test]
    fn one_language() {
        for (code, text) in [
            ("en", "The court allowed the appeal on 3 May."),
            ("fr", "La cour a rejeté le pourvoi le 3 mai."),
            ("ru", "Суд отклонил жалобу 3 мая."),
            ("uk", "Суд відхилив скаргу 3 травня."),
            ("kk", "Сот 3 мамырда шағымды қабылдамады."),
            ("de", "Das Gericht wies die Beschwerde am 3. Mai ab."),
            ("es", "El tribunal desestimó el recurso el 3 de mayo."),
            ("it", "La corte ha respinto il ricorso il 3 maggio."),
            ("pl", "Sąd oddalił skargę w dniu 3 maja."),
            ("und", "12345 67890"),
            ("el", "Το δικαστήριο απέρριψε την προσφυγή."),
            ("ka", "სასამართლომ საჩივარი არ დააკმაყოფილა."),
        ] {
            assert_eq!(told(text).0, code, "{text}");
        }
    }

    #[test]
    fn a_name_in_other_letters_changes_nothing() {
        let text = "Суд освободил Қажымұрат Әбілқасымов из-под стражи, поскольку следствие не представило доказательств его вины.";
        assert_eq!(told(text).1, "ru");
        let text =
            "The court heard Łukasz Wójcik and Jiří Dvořák, and then adjourned the case until the following Monday.";
        assert_eq!(told(text).1, "en");
    }

    #[test]
    fn parts_in_two_languages() {
        let text = "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ СОТЫ\nРешение суда вступило в законную силу и обжалованию не подлежит.\nСот шешімі заңды күшіне енді және шағымдануға жатпайды.\nКопию решения получил 5 мая.";
        let (all, each) = told(text);
        assert_eq!(each, "kk ru kk ru");
        assert!(all == "ru kk" || all == "kk ru", "{all}");
        let text = "The judgment was served on the company on 3 May, and it did not appeal within the time that the law gives.\nLe jugement a été signifié à la société le 3 mai, et elle n’a pas fait appel.\nJohn Brown, Paris";
        assert_eq!(told(text).1, "en fr en");
    }

    #[test]
    fn short_parts_take_the_languages_of_the_document() {
        let text = "Рішення набрало законної сили, бо його ніхто не оскаржив.\nДонецьк\nМосква, 5\n1905";
        assert_eq!(told(text).1, "uk uk uk uk");
    }
}
