//! Patterns over word classes, read from data and laid out as an automaton.
//!
//! A pattern is a row of words (small letters) and classes (capitals): `DAY of? MONTH ,? YEAR`. `a|b` are alternatives, `(x|y z)` groups
//! (in it `|` parts whole rows), `?` makes the last thing optional, `[ … ]` is context that must stand there and is no part of what is found, `<name>` is
//! a part defined in the file. Between two words white space or a hyphen may stand; `,` `.` `-` `/` say what else must.

use std::collections::BTreeMap;

use super::scan::gap;
use super::word::{self, Words};

/// What an edge of the automaton waits for: a class (below 64) or the word `n - 64`.
pub(super) type Symbol = u32;

/// Patterns never write out to more than this many rows.
const MOST_ROWS: usize = 20_000;

#[derive(Clone, Debug)]
enum Piece {
    Symbol(Symbol),
    Gap(u16),
    Open,
    Close,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub edges: Vec<Edge>,
    pub accept: Option<Accept>,
}

/// From a node on one token to another node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub symbol: Symbol,
    /// The gaps allowed before the token.
    pub gaps: u16,
    pub next: u32,
}

/// The end of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accept {
    pub rule: u32,
    /// Tokens of context at the beginning.
    pub before: u8,
    /// Tokens of context at the end.
    pub after: u8,
}

/// A tree of all patterns of one kind.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    pub nodes: Vec<Node>,
}

impl Default for Automaton {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

/// What a pattern is compiled with.
pub(super) struct Compiler<'a> {
    pub words: &'a mut Words,
    pub classes: &'a BTreeMap<String, u8>,
    pub parts: &'a BTreeMap<String, String>,
    pub elision: bool,
    /// Classes of which one makes a stretch of text worth looking at.
    pub strong: u64,
    /// Words that do so.
    pub strong_words: &'a mut Vec<bool>,
    /// Sets of the language's own that do so.
    pub strong_sets: &'a mut u64,
}

impl Compiler<'_> {
    /// Adds every way to read `pattern` to `automaton`, ending in `rule`.
    pub(super) fn add(&mut self, automaton: &mut Automaton, pattern: &str, rule: u32) -> Result<(), String> {
        let tokens = cut(pattern);
        let mut at = 0;
        let rows = self.sequence(&tokens, &mut at, 0)?;
        if at < tokens.len() {
            return Err(format!("pattern “{pattern}”: “{}” has no beginning", tokens[at]));
        }
        for row in rows {
            self.row(automaton, &row, rule, pattern)?;
        }
        Ok(())
    }

    fn row(&mut self, automaton: &mut Automaton, row: &[Piece], rule: u32, pattern: &str) -> Result<(), String> {
        let (mut node, mut gaps, mut count) = (0usize, 0u16, 0u8);
        let (mut before, mut close) = (0u8, None);
        let mut strong = false;
        let mut longest: Option<usize> = None;
        let mut own = None;
        for piece in row {
            match *piece {
                Piece::Gap(mask) => gaps |= mask,
                Piece::Open => {
                    if count > 0 {
                        close = Some(count);
                    }
                }
                Piece::Close => {
                    if close.is_none() {
                        before = count;
                    }
                }
                Piece::Symbol(symbol) => {
                    let allowed = if gaps == 0 { gap::WORD } else { gaps };
                    gaps = 0;
                    count += 1;
                    if symbol < 64 {
                        strong |= self.strong & (1 << symbol) != 0;
                        if symbol >= u32::from(word::OWN) {
                            own = Some(symbol);
                        }
                    } else {
                        let word = symbol as usize - 64;
                        // A word of no class is rarer than one that many patterns share, and the last one says what it is about.
                        let rare = |w: usize| {
                            self.words
                                .entries
                                .get(w)
                                .map(|e| ((e.mask | e.mask_capital | e.mask_small) == 0, e.form.len()))
                        };
                        if longest.is_none_or(|l| rare(l) <= rare(word)) {
                            longest = Some(word);
                        }
                    }
                    node = step(automaton, node, symbol, allowed);
                }
            }
        }
        if count == 0 {
            return Err(format!("pattern “{pattern}” can be empty"));
        }
        if !strong && self.strong != u64::MAX {
            if let Some(word) = longest {
                if self.strong_words.len() <= word {
                    self.strong_words.resize(word + 1, false);
                }
                self.strong_words[word] = true;
            } else {
                let own = own.ok_or_else(|| format!("pattern “{pattern}” has no word that makes it a time"))?;
                *self.strong_sets |= 1 << own;
            }
        }
        let after = close.map_or(0, |c| count - c);
        if let Some(node) = automaton.nodes.get_mut(node)
            && node.accept.is_none()
        {
            node.accept = Some(Accept { rule, before, after });
        }
        Ok(())
    }

    fn sequence(&mut self, tokens: &[String], at: &mut usize, depth: usize) -> Result<Vec<Vec<Piece>>, String> {
        if depth > 12 {
            return Err("a pattern refers to itself".to_owned());
        }
        let mut done: Vec<Vec<Piece>> = Vec::new();
        let mut rows: Vec<Vec<Piece>> = vec![Vec::new()];
        while let Some(token) = tokens.get(*at) {
            *at += 1;
            let mut options: Vec<Vec<Piece>> = match token.as_str() {
                ")" | "]" => {
                    *at -= 1;
                    break;
                }
                "|" => {
                    done.append(&mut rows);
                    rows = vec![Vec::new()];
                    continue;
                }
                "(" | "[" => {
                    let mut inner = self.sequence(tokens, at, depth + 1)?;
                    let closing = if token == "(" { ")" } else { "]" };
                    if tokens.get(*at).map(String::as_str) != Some(closing) {
                        return Err(format!("“{token}” is not closed"));
                    }
                    *at += 1;
                    if token == "[" {
                        for row in &mut inner {
                            row.insert(0, Piece::Open);
                            row.push(Piece::Close);
                        }
                    }
                    inner
                }
                "," => vec![vec![Piece::Gap(gap::COMMA)]],
                "." => vec![vec![Piece::Gap(gap::DOT)]],
                "-" => vec![vec![Piece::Gap(gap::HYPHEN | gap::DASH)]],
                "/" => vec![vec![Piece::Gap(gap::SLASH)]],
                _ => self.word(token, depth)?,
            };
            if tokens.get(*at).map(String::as_str) == Some("?") {
                *at += 1;
                options.push(Vec::new());
            }
            let mut next = Vec::with_capacity(rows.len() * options.len());
            for row in &rows {
                for option in &options {
                    let mut row = row.clone();
                    row.extend(option.iter().cloned());
                    next.push(row);
                }
            }
            if next.len() > MOST_ROWS {
                return Err("a pattern has too many readings".to_owned());
            }
            rows = next;
        }
        done.append(&mut rows);
        Ok(done)
    }

    fn word(&mut self, token: &str, depth: usize) -> Result<Vec<Vec<Piece>>, String> {
        let mut options = Vec::new();
        for form in token.split('|') {
            if let Some(name) = form.strip_prefix('<') {
                let name = name.trim_end_matches('>');
                let part = self.parts.get(name).ok_or_else(|| format!("no part named “{name}”"))?;
                let tokens = cut(part);
                options.extend(self.sequence(&tokens, &mut 0, depth + 1)?);
            } else if form.chars().all(|c| c.is_ascii_uppercase() || c == '_') && form.len() > 1 {
                let class = self.classes.get(form).ok_or_else(|| format!("no class named “{form}”"))?;
                options.push(vec![Piece::Symbol(u32::from(*class))]);
            } else {
                let mut row = Vec::new();
                for (n, part) in split_word(form, self.elision).iter().enumerate() {
                    if n > 0 {
                        row.push(Piece::Gap(gap::WORD));
                    }
                    let index = self.words.intern(&word::fold(part));
                    row.push(Piece::Symbol(u32::try_from(index + 64).map_err(|_| "too many words")?));
                }
                options.push(row);
            }
        }
        Ok(options)
    }
}

fn step(automaton: &mut Automaton, from: usize, symbol: Symbol, gaps: u16) -> usize {
    let new = automaton.nodes.len();
    let Some(node) = automaton.nodes.get_mut(from) else { return 0 };
    // The gap before the first token of a pattern is free.
    let gaps = if from == 0 { u16::MAX } else { gaps };
    if let Some(edge) = node.edges.iter().find(|e| e.symbol == symbol && e.gaps == gaps) {
        return edge.next as usize;
    }
    node.edges.push(Edge { symbol, gaps, next: u32::try_from(new).unwrap_or(0) });
    automaton.nodes.push(Node::default());
    new
}

/// The words that the scanner would make of a word of a pattern: cut at hyphens, and after an apostrophe where the language elides.
fn split_word(form: &str, elision: bool) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in form.split('-') {
        match part.split_once(['\'', '’']) {
            Some((head, tail)) if elision => {
                parts.push(head);
                if !tail.is_empty() {
                    parts.push(tail);
                }
            }
            _ => parts.push(part),
        }
    }
    parts
}

/// Cuts a pattern into its words and marks.
fn cut(pattern: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut depth = 0usize;
    for chunk in pattern.split_whitespace() {
        if chunk == "|" || chunk == "-" {
            tokens.push(chunk.to_owned());
            continue;
        }
        let mut word = String::new();
        for c in chunk.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if matches!(c, '(' | ')' | '[' | ']' | '?' | ',' | '/')
                || (c == '|' && depth > 0)
                || (c == '.' && word.is_empty())
            {
                if !word.is_empty() {
                    tokens.push(std::mem::take(&mut word));
                }
                tokens.push(c.to_string());
            } else {
                word.push(c);
            }
        }
        if !word.is_empty() {
            tokens.push(word);
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_cut_into_words_and_marks() {
        assert_eq!(
            cut("[in|on] DAY .? MONTH ,? (YEAR | the year)"),
            ["[", "in", "|", "on", "]", "DAY", ".", "?", "MONTH", ",", "?", "(", "YEAR", "|", "the", "year", ")"]
        );
        assert_eq!(split_word("aujourd'hui", true), ["aujourd", "hui"]);
        assert_eq!(split_word("ce-jour", false), ["ce", "jour"]);
    }
}
