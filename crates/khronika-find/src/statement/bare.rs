//! A number or day that stands alone with its source between marks: "le 20 pour sa famille", "по сводке министерства — четырнадцать".

use std::ops::Range;

use super::account::Kind;
use super::retold::{Out, SMALL, Seeker};
use crate::text::Sentence;

/// How long the words that say whose account it is may be, in tokens.
const SOURCE: usize = 14;

/// Words between marks.
pub(super) struct Segment {
    pub(super) tokens: Range<usize>,
}

impl Seeker<'_, '_> {
    /// "le 20 pour sa famille", "by the account of the police, 21 September": a number or day that stands alone with its source.
    pub(super) fn bare(&self, ix: usize, sentence: &Sentence, out: &mut Out) {
        let segments = self.segments(sentence);
        for (n, segment) in segments.iter().enumerate() {
            let mut at = segment.tokens.start;
            while let Some(next) = self.is(sentence, at, &[Kind::Contrast, Kind::And]) {
                at = next;
            }
            let begin = at;
            // "the report 14:10", "рапортта 70 адам": the paper stands before its number.
            let paper = self.paper_at(sentence, at, segment.tokens.end);
            if let Some((_, after)) = paper {
                at = self.past_paper(sentence, after, segment.tokens.end);
            }
            for _ in 0..SMALL {
                let told = self.stamp(sentence, at).is_some() || self.clock(sentence, at).is_some();
                if paper.is_some() || at >= segment.tokens.end || told || self.amount(sentence, at).is_some() {
                    break;
                }
                match self.small(sentence, at) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            if at >= segment.tokens.end {
                continue;
            }
            let stamp = self.stamp(sentence, at);
            let clock = if stamp.is_none() { self.clock(sentence, at) } else { None };
            let amount = if stamp.is_none() && clock.is_none() { self.amount(sentence, at) } else { None };
            let ordinal = if stamp.is_none() && at > begin { self.ordinal(sentence, at) } else { None };
            let hour = clock.as_ref().map(|c| c.tokens.end);
            let end = stamp.as_ref().map(|s| s.tokens.end).or(hour).or(amount.as_ref().map(|a| a.tokens.end));
            let Some(end) = end else { continue };
            let general = self.is(sentence, end, &[Kind::Generic]).filter(|_| amount.is_some());
            let past = self.quotes(general.unwrap_or(end));
            let governed = amount.is_some() && at > begin;
            // "in the log 18 days": the noun of what is counted may follow.
            let over = if paper.is_none() { self.paper_over(sentence, &segments, n) } else { None };
            let by_paper = paper.is_some() || over.is_some();
            let noun = amount.as_ref().filter(|_| by_paper).and_then(|a| self.noun(sentence, a.tokens.end));
            let told_by = if let Some((row, after)) = paper {
                // "рапортта 70 адам деп жазылған": the verb may stand behind.
                let past = self.is(sentence, past, &[Kind::PaperVerb]).unwrap_or(past);
                let ends = noun.is_some() || past >= segment.tokens.end || self.word(past) == ".";
                (ends && self.set_against(ix, sentence, at, begin..after)).then_some(row)
            } else {
                let beside = self.paper_after(sentence, past, segment.tokens.end);
                let beside = beside.filter(|_| self.set_against(ix, sentence, begin, past..segment.tokens.end));
                let over =
                    over.filter(|(_, own)| noun.is_some() && self.set_against(ix, sentence, own.start, own.clone()));
                self.source_of(sentence, &segments, n, past, governed).or(beside).or(over.map(|(row, _)| row))
            };
            let Some(row) = told_by else { continue };
            if let Some(hour) = &clock {
                self.rehour(ix, sentence, segment.tokens.start, hour, row, out);
            } else if let Some(day) = &stamp {
                self.redate(ix, sentence, segment.tokens.start, day, false, row, out);
            } else if let Some(amount) = &amount
                && !self.counted_again(ix, sentence, segment.tokens.start, amount, noun.flatten(), row, out)
                && let Some(day) = &ordinal
            {
                self.redate(ix, sentence, segment.tokens.start, day, false, row, out);
            }
        }
    }

    /// The paper in the segment before segment `n`, where a dash or a colon parts the two: "а в довідці — 16 діб".
    fn paper_over(&self, sentence: &Sentence, segments: &[Segment], n: usize) -> Option<(&str, Range<usize>)> {
        let segment = segments.get(n)?;
        let before = segments.get(n.checked_sub(1)?).filter(|s| s.tokens.len() <= SOURCE)?;
        if !matches!(self.word(segment.tokens.start.checked_sub(1)?), "—" | "–" | ":") {
            return None;
        }
        let mut at = before.tokens.start;
        while let Some(next) = self.is(sentence, at, &[Kind::Contrast, Kind::And]) {
            at = next;
        }
        let (row, end) = self.paper_at(sentence, at, before.tokens.end)?;
        Some((row, at..end))
    }

    /// The row of the words that say whose account the number or day of segment `n` is, which ends before token `past`.
    ///
    /// A number that a small word governs may be "put at 40 by the police".
    fn source_of(
        &self,
        sentence: &Sentence,
        segments: &[Segment],
        n: usize,
        past: usize,
        governed: bool,
    ) -> Option<&str> {
        let segment = segments.get(n)?;
        let phrase = |at: usize, kind: Kind| {
            self.accounts
                .at(self.text, sentence.lang, at, sentence.tokens.end, &[kind])
                .map(|(row, end)| (row.id.as_str(), end))
        };
        // "le 20 pour sa famille"; the point of an abbreviation may hide that the sentence ends.
        if past < segment.tokens.end && self.word(past) != "." {
            let number = || phrase(past, Kind::SourceNumber).filter(|_| governed);
            let (row, end) = phrase(past, Kind::Source).or_else(number)?;
            return (end < segment.tokens.end && segment.tokens.end - past <= SOURCE).then_some(row);
        }
        // "le 16, soutient sa sœur"
        if let Some(next) = segments.get(n + 1)
            && let Some((row, _)) = phrase(next.tokens.start, Kind::Says)
        {
            return Some(row);
        }
        let before = n.checked_sub(1).and_then(|b| segments.get(b))?;
        let mark = self.word(segment.tokens.start.checked_sub(1)?);
        let dash = matches!(mark, "—" | "–");
        if !(dash || mark == ":" || mark == "," && self.ends_clause(sentence, past)) {
            return None;
        }
        let source = |s: &Segment| {
            let mut at = s.tokens.start;
            while let Some(next) = self.is(sentence, at, &[Kind::Contrast, Kind::And]) {
                at = next;
            }
            let source = phrase(at, Kind::Source).filter(|(_, end)| *end <= s.tokens.end).map(|(row, _)| row);
            // "адвокаттың айтуынша, 40": in Kazakh the words stand behind the one whose account it is.
            let behind = || {
                let (row, _) =
                    (at..s.tokens.end).find_map(|t| phrase(t, Kind::Source).filter(|(_, end)| *end == s.tokens.end))?;
                (s.tokens.len() <= SOURCE).then_some(row)
            };
            let source = source.or_else(behind);
            // "in the register, — 14:10"
            source.or_else(|| {
                let (row, _) = self.paper_at(sentence, at, s.tokens.end)?;
                (dash || mark == ":").then_some(row)
            })
        };
        if let Some(row) = source(before).filter(|_| before.tokens.len() <= SOURCE) {
            return Some(row);
        }
        // "в обвинувальному акті, на який посилається агентство, — 2,7 млн"
        let far = n.checked_sub(2).and_then(|b| segments.get(b)).filter(|_| dash)?;
        source(far).filter(|_| far.tokens.len() <= SOURCE && before.tokens.len() <= SOURCE)
    }

    fn quotes(&self, at: usize) -> usize {
        let mut at = at;
        while matches!(self.word(at), "»" | "”" | "\"") {
            at += 1;
        }
        at
    }

    /// The words of a sentence between its marks. A mark inside a date or a number parts nothing, nor do quotation marks.
    pub(super) fn segments(&self, sentence: &Sentence) -> Vec<Segment> {
        let mut all = Vec::new();
        let mut start = sentence.tokens.start;
        let end = sentence.tokens.end;
        for at in sentence.tokens.clone() {
            let mark = matches!(self.word(at), "," | ";" | ":" | "—" | "–" | "(" | ")")
                && !self.text.tokens.get(at).is_some_and(|t| self.dated(t.span))
                && !(self.glued(at) && self.glued(at + 1));
            let and = self.is(sentence, at, &[Kind::Contrast, Kind::And]).is_some();
            if mark || and && at > start {
                if start < at {
                    all.push(Segment { tokens: start..at });
                }
                start = if mark { at + 1 } else { at };
            }
        }
        let last = end.checked_sub(1).filter(|l| matches!(self.word(*l), "." | "!" | "?")).unwrap_or(end);
        if start < last {
            all.push(Segment { tokens: start..last });
        }
        all
    }
}
