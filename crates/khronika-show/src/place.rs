//! Where a passage stands, in the units that readers use: characters and paragraphs.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use khronika_core::{Block, CharIndex, Lang, Passage, Source, SourceId, Span};

/// The texts of a case with what is needed to place a passage in them.
pub(crate) struct Texts<'a> {
    sources: &'a [Arc<Source>],
    by_id: BTreeMap<&'a SourceId, usize>,
    /// Of each text, made when it is first asked for: who wants one place does not read all texts.
    chars: Vec<OnceLock<CharIndex>>,
}

/// A passage as a reader finds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The source's index in the case.
    pub(crate) index: usize,
    /// The source.
    pub(crate) source: &'a Source,
    /// Where, in bytes.
    pub(crate) span: Span,
    /// First character (Unicode scalar value).
    pub(crate) start: usize,
    /// One past the last character.
    pub(crate) end: usize,
    /// The words.
    pub(crate) quote: &'a str,
    /// The language of the block that the passage begins in.
    pub(crate) lang: Lang,
    /// The number of that block, from 1; 0 where the passage begins outside every block.
    pub(crate) paragraph: usize,
    /// The number of the page that the passage begins on, from 1, where the source has pages.
    pub(crate) page: Option<usize>,
}

impl<'a> Texts<'a> {
    /// For these texts.
    pub(crate) fn new(sources: &'a [Arc<Source>]) -> Self {
        Self {
            sources,
            by_id: sources.iter().enumerate().map(|(n, source)| (&source.id, n)).collect(),
            chars: sources.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The place of a passage; `None` where the case has no such source or the span does not fit its text.
    pub(crate) fn place(&self, passage: &Passage) -> Option<Place<'a>> {
        self.place_in(*self.by_id.get(&passage.source)?, passage.span)
    }

    /// The place of a span of the source with this index.
    pub(crate) fn place_in(&self, index: usize, span: Span) -> Option<Place<'a>> {
        let source = self.sources.get(index)?;
        let quote = source.text.get(span.start..span.end)?;
        let block = block_at(&source.blocks, span.start);
        Some(Place {
            index,
            source,
            span,
            start: self.chars(index, span.start),
            end: self.chars(index, span.end),
            quote,
            lang: block.and_then(|n| source.blocks.get(n)).map_or(source.lang, |block| block.lang),
            paragraph: block.map_or(0, |n| n + 1),
            page: source.page(span),
        })
    }

    /// The places of passages, in their order; those that do not fit are left out.
    pub(crate) fn places(&self, passages: &[Passage]) -> Vec<Place<'a>> {
        passages.iter().filter_map(|passage| self.place(passage)).collect()
    }

    /// The language of the block that a passage begins in.
    pub(crate) fn lang(&self, passage: &Passage) -> Option<Lang> {
        let source = self.sources.get(self.index(&passage.source)?)?;
        let block = block_at(&source.blocks, passage.span.start).and_then(|n| source.blocks.get(n));
        Some(block.map_or(source.lang, |block| block.lang))
    }

    /// The number of characters before a byte of the source with this index.
    pub(crate) fn chars(&self, index: usize, byte: usize) -> usize {
        match (self.chars.get(index), self.sources.get(index)) {
            (Some(chars), Some(source)) => {
                chars.get_or_init(|| CharIndex::new(&source.text)).chars(&source.text, byte).0
            }
            _ => 0,
        }
    }

    /// The index of a source.
    pub(crate) fn index(&self, id: &SourceId) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

/// The index of the block that holds a byte. Blocks stand in order and do not overlap.
fn block_at(blocks: &[Block], byte: usize) -> Option<usize> {
    let n = blocks.partition_point(|block| block.span.start <= byte).checked_sub(1)?;
    blocks.get(n).filter(|block| byte < block.span.end).map(|_| n)
}
