//! A source cut into tokens and sentences, once, for every step that follows.

mod abbreviation;
mod sentence;
mod token;

use std::ops::Range;

pub use abbreviation::Abbreviations;
use khronika_core::{Block, BlockKind, Lang, Source, Span};
pub use token::{Token, TokenKind};
pub(crate) use token::{fold_plain, hash, head, tokenise_words};

/// A sentence: part of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where, in bytes; without white space at either end.
    pub span: Span,
    /// Its tokens: a range of [`Text::tokens`].
    pub tokens: Range<usize>,
    /// The index of its block in the source.
    pub block: usize,
    /// What kind of block it stands in.
    pub kind: BlockKind,
    /// Its language.
    pub lang: Lang,
}

/// A source with its tokens and sentences.
#[derive(Debug)]
pub struct Text<'a> {
    /// The source.
    pub source: &'a Source,
    /// Every token of every block that is not [`BlockKind::Furniture`], in order.
    pub tokens: Vec<Token>,
    /// Every sentence, in order. Sentences hold all tokens.
    pub sentences: Vec<Sentence>,
    /// Where the text stops being cut because it has too many tokens; `None` where all of it is.
    pub cut_at: Option<usize>,
    folded: String,
}

/// A text is cut into no more tokens than this, give or take a block: twice what the longest file that is read has as a rule.
const MOST_TOKENS: usize = 20_000_000;

impl<'a> Text<'a> {
    /// Cuts the source's text.
    #[must_use]
    pub fn new(source: &'a Source, abbreviations: &Abbreviations) -> Self {
        let mut text = Self {
            source,
            tokens: Vec::with_capacity(source.text.len() / 6),
            sentences: Vec::new(),
            cut_at: None,
            folded: String::with_capacity(source.text.len()),
        };
        for (index, block) in source.blocks.iter().enumerate() {
            if text.tokens.len() >= MOST_TOKENS {
                text.cut_at = Some(block.span.start);
                break;
            }
            if block.kind != BlockKind::Furniture {
                text.add_block(index, block, abbreviations);
            }
        }
        text
    }

    fn add_block(&mut self, index: usize, block: &Block, abbreviations: &Abbreviations) {
        let first = self.tokens.len();
        token::tokenise(&self.source.text, block.span, block.lang, &mut self.tokens, &mut self.folded);
        let all = self.tokens.len();
        let mut start = first;
        while start < all {
            let end = sentence::end(self, start..all, block, abbreviations);
            let (Some(a), Some(b)) = (self.tokens.get(start), self.tokens.get(end - 1)) else { break };
            let span = Span::new(a.span.start, b.span.end);
            self.sentences.push(Sentence {
                span,
                tokens: start..end,
                block: index,
                kind: block.kind,
                lang: block.lang,
            });
            start = end;
        }
    }

    /// The whole text.
    #[must_use]
    pub fn str(&self) -> &'a str {
        &self.source.text
    }

    /// The words at `span`, as written.
    #[must_use]
    pub fn of(&self, span: Span) -> &'a str {
        span.of(&self.source.text)
    }

    /// Token `index` as written; empty past the end.
    #[must_use]
    pub fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |t| self.of(t.span))
    }

    /// Token `index` folded for look-up: small letters, plain apostrophes, no soft hyphens, no line break inside; empty past the end.
    #[must_use]
    pub fn fold(&self, index: usize) -> &str {
        self.tokens
            .get(index)
            .and_then(|t| self.folded.get(t.folded.start as usize..t.folded.end as usize))
            .unwrap_or("")
    }

    /// The [`hash`] of token `index` folded; that of the empty word past the end.
    #[must_use]
    pub(crate) fn hash(&self, index: usize) -> u32 {
        self.tokens.get(index).map_or(0, |t| t.hash)
    }

    /// The [`head`] of token `index` folded; 0 where it is shorter, and past the end.
    #[must_use]
    pub(crate) fn head(&self, index: usize) -> u32 {
        self.tokens.get(index).map_or(0, |t| t.head)
    }

    /// The span from token `range.start` up to but without token `range.end`; empty where the range is.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(a), Some(b)) if range.start < range.end => Span::new(a.span.start, b.span.end),
            _ => Span::default(),
        }
    }

    /// The tokens that lie wholly inside `span`.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.end <= span.end);
        start..end.max(start)
    }

    /// The index of the sentence that holds byte `at`.
    #[must_use]
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.span.end <= at);
        self.sentences.get(index).filter(|s| s.span.start <= at).map(|_| index)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use khronika_core::SourceId;
    use khronika_data::Dataset;

    /// A source of one paragraph a line.
    pub(crate) fn source(lang: Lang, text: &str) -> Source {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trim(text);
            if !span.is_empty() {
                blocks.push(Block { span, kind: BlockKind::Paragraph, lang });
            }
            at += line.len();
        }
        Source {
            id: SourceId::new("s-test"),
            name: "test.txt".into(),
            sha256: String::new(),
            blake3: String::new(),
            size: text.len() as u64,
            media_type: "text/plain".into(),
            encoding: "UTF-8".into(),
            lang,
            langs: vec![lang],
            text: text.into(),
            blocks,
            meta_date: None,
            layout: khronika_core::Layout::default(),
            part_of: None,
        }
    }

    fn sentences(lang: Lang, text: &str) -> Vec<String> {
        let source = source(lang, text);
        let abbreviations = Abbreviations::load(&Dataset::embedded()).unwrap();
        let cut = Text::new(&source, &abbreviations);
        cut.sentences.iter().map(|s| cut.of(s.span).to_owned()).collect()
    }

    #[test]
    fn legal_abbreviations_end_no_sentence() {
        assert_eq!(
            sentences(
                Lang::FR,
                "M. Durand a saisi la Cour (art. L. 521-2, n° 12). Elle rejette. Mme B. forme un pourvoi."
            ),
            ["M. Durand a saisi la Cour (art. L. 521-2, n° 12).", "Elle rejette.", "Mme B. forme un pourvoi."]
        );
        assert_eq!(
            sentences(
                Lang::RU,
                "Суд г. Москвы 5 мая 2020 г. отменил приговор по ст. 159 УК. Гр. Иванов И.И. освобождён."
            ),
            ["Суд г. Москвы 5 мая 2020 г. отменил приговор по ст. 159 УК.", "Гр. Иванов И.И. освобождён."]
        );
        assert_eq!(
            sentences(
                Lang::EN,
                "In Smith v. Jones (No. 2) the Court upheld it. Mr. Brown appealed! “He lost.” That was all."
            ),
            ["In Smith v. Jones (No. 2) the Court upheld it.", "Mr. Brown appealed!", "“He lost.”", "That was all."]
        );
        assert_eq!(sentences(Lang::RU, "Это было в 2019 г. Суд отказал."), ["Это было в 2019 г.", "Суд отказал."]);
    }

    #[test]
    fn a_sentence_that_begins_with_its_means_waits_for_its_verb() {
        let one = "Приговором Ленинского районного суда г. Самары от 14 марта 2019 г. Кудрявцев осуждён.";
        assert_eq!(sentences(Lang::RU, one), [one]);
        let two = "Приговором суда он осуждён 14 марта 2019 г. Защитник подал жалобу.";
        assert_eq!(sentences(Lang::RU, two), ["Приговором суда он осуждён 14 марта 2019 г.", "Защитник подал жалобу."]);
        let uk = "Заочним рішенням суду від 3 травня 2020 р. Іваненку відмовлено.";
        assert_eq!(sentences(Lang::UK, uk), [uk]);
    }

    #[test]
    fn elisions_and_possessives_are_words_of_their_own() {
        let source = source(Lang::EN, "Ivanov’s appeal");
        let cut = Text::new(&source, &Abbreviations::default());
        let words: Vec<_> = (0..cut.tokens.len()).map(|i| cut.word(i)).collect();
        assert_eq!(words, ["Ivanov", "’s", "appeal"]);
        let source = self::source(Lang::FR, "l’arrêt d'appel aujourd’hui");
        let cut = Text::new(&source, &Abbreviations::default());
        let words: Vec<_> = (0..cut.tokens.len()).map(|i| cut.fold(i)).collect();
        assert_eq!(words, ["l'", "arrêt", "d'", "appel", "aujourd'hui"]);
    }
}
