//! Literate suites of acts: `tests/acts/*.md`.
//!
//! A suite names its people and bodies at the top (`- court: …`), so that it tests the rules of acts alone. Each case is a text in a
//! fence marked with its language and, below it, a fence `acts` with one line for each act, event and period found. `UPDATE_SUITES=1 cargo
//! test -p khronika-find --test acts` writes what is found now; a person reads the difference.

use std::fmt::Write as _;
use std::path::Path;

use khronika_core::{
    ActFinding, ActMention, ActorKind, Block, BlockKind, Findings, Lang, LocalActor, Mention, MentionIx, PeriodFinding,
    PeriodStart, Source, SourceId, Span,
};
use khronika_data::Dataset;
use khronika_find::act::ActRules;
use khronika_find::text::{Abbreviations, Text};
use khronika_find::time::TimeRules;

mod suite;

struct Rules {
    abbreviations: Abbreviations,
    time: TimeRules,
    act: ActRules,
}

#[test]
fn the_suites_hold() {
    let data = Dataset::embedded();
    let rules = Rules {
        abbreviations: Abbreviations::load(&data).unwrap(),
        time: TimeRules::load(&data).unwrap(),
        act: ActRules::load(&data).unwrap(),
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/acts");
    suite::hold(&folder, || Reading { rules: &rules, names: Vec::new(), found: None });
}

struct Reading<'a> {
    rules: &'a Rules,
    /// The people and bodies of the suite.
    names: Vec<(String, ActorKind)>,
    /// What was found in the text above.
    found: Option<String>,
}

impl suite::Case for Reading<'_> {
    fn line(&mut self, line: &str) {
        let Some((kind, list)) = line.strip_prefix("- ").and_then(|l| l.split_once(": ")) else { return };
        let kind = match kind {
            "court" => ActorKind::Court,
            "authority" => ActorKind::Authority,
            "person" => ActorKind::Person,
            "organisation" => ActorKind::Organisation,
            "state" => ActorKind::State,
            _ => return,
        };
        self.names.extend(list.split(", ").map(|n| (n.to_owned(), kind)));
    }

    fn fence(&mut self, mark: &str, body: &str) -> Option<String> {
        let Some(lang) = Lang::new(mark) else { return Some(self.found.take().unwrap_or_default()) };
        self.found = Some(show(self.rules, lang, body, &self.names));
        None
    }
}

fn show(rules: &Rules, lang: Lang, words: &str, names: &[(String, ActorKind)]) -> String {
    let source = source(lang, words);
    let text = Text::new(&source, &rules.abbreviations);
    let mut found = Findings::empty(source.id.clone());
    found.sentences = text.sentences.iter().map(|s| s.span).collect();
    rules.time.find(&text, &mut found);
    name(words, names, &mut found);
    rules.act.find(&text, &mut found);
    let mut out = String::new();
    for act in &found.acts {
        let _ = writeln!(out, "{}", line(words, &found, act));
    }
    for e in &found.events {
        let day = found.dates.get(e.date).map_or("?", |d| d.value.as_str());
        let _ = writeln!(out, "event {} {day}", e.status.name());
    }
    for p in &found.periods {
        let _ = writeln!(out, "{}", period(&found, p).trim_start());
    }
    out
}

fn line(words: &str, found: &Findings, act: &ActFinding) -> String {
    let mut line = brief(words, found, act);
    line.insert_str(0, if act.mention == ActMention::Told { "" } else { "ref " });
    let date = |d: Option<usize>| d.and_then(|d| found.dates.get(d)).map(|d| d.value.clone());
    for (label, value) in [
        ("heard", date(act.dates.hearing)),
        ("read", date(act.dates.reading)),
        ("served", date(act.dates.service)),
        ("in force", date(act.dates.entry_into_force)),
        ("no.", act.docket.clone()),
    ] {
        if let Some(value) = value {
            let _ = write!(line, " {label} {value}");
        }
    }
    for p in &act.participants {
        let _ = write!(line, " {}={}", p.role.name(), mention(words, found, p.mention));
    }
    for term in &act.terms {
        let _ = write!(
            line,
            " {} “{}”",
            term.kind.name(),
            term.span.of(words).split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }
    for e in &act.effects {
        let target = e.target.and_then(|t| found.acts.get(t)).map_or("?".to_owned(), |t| brief(words, found, t));
        let _ = write!(line, " -> {} [{target}]", e.effect);
    }
    if let Some((to, _)) = &act.same_as {
        let _ = write!(line, " = [{}]", found.acts.get(*to).map_or("?".to_owned(), |t| brief(words, found, t)));
    }
    if let Some((forum, _)) = &act.pending {
        let _ = write!(line, " pending {}", forum.map(|m| mention(words, found, m)).unwrap_or_default());
    }
    for p in &act.periods {
        line += &period(found, p);
    }
    line
}

fn period(found: &Findings, p: &PeriodFinding) -> String {
    let from = match p.from {
        PeriodStart::Service => "service",
        PeriodStart::Act => "act",
        PeriodStart::Written => "written",
        PeriodStart::Date(_) | PeriodStart::Before(_) => "date",
        PeriodStart::Unknown => "?",
    };
    let value = found.dates.get(p.date).map_or("?", |d| d.value.as_str());
    format!(" period {value} {} from {from}", p.class.map_or("-", |c| c.name()))
}

fn brief(words: &str, found: &Findings, act: &ActFinding) -> String {
    let classes: Vec<_> = act.classes.iter().map(|c| c.name()).collect();
    let mut out = format!("{} {}", classes.join("+"), act.status.name());
    if let Some(day) = act.dates.act.and_then(|d| found.dates.get(d)) {
        let _ = write!(out, " {}", day.value);
    }
    if let Some(body) = act.body {
        let _ = write!(out, " {}", mention(words, found, body));
    }
    if let Some(span) = act.body_words {
        let _ = write!(out, " “{}”", span.of(words));
    }
    out
}

fn mention(words: &str, found: &Findings, m: MentionIx) -> String {
    found.mentions.get(m).map_or("?", |m| m.span.of(words)).to_owned()
}

fn name(words: &str, names: &[(String, ActorKind)], found: &mut Findings) {
    let mut taken: Vec<Span> = Vec::new();
    let mut longest: Vec<&(String, ActorKind)> = names.iter().collect();
    longest.sort_by_key(|(n, _)| std::cmp::Reverse(n.len()));
    for (name, kind) in longest {
        let mut spans: Vec<Span> =
            words.match_indices(name.as_str()).map(|(at, _)| Span::new(at, at + name.len())).collect();
        spans.retain(|s| !taken.iter().any(|t| t.overlaps(*s)));
        if spans.is_empty() {
            continue;
        }
        let actor = found.actors.len();
        found.actors.push(LocalActor {
            name: name.clone(),
            kind: *kind,
            known_as: None,
            forms: Vec::new(),
            made_by: "suite".into(),
            confidence: 1.0,
        });
        found.mentions.extend(spans.iter().map(|span| Mention { span: *span, actor }));
        taken.extend(spans);
    }
    found.mentions.sort_by_key(|m| m.span.start);
}

fn source(lang: Lang, words: &str) -> Source {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in words.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(words);
        if !span.is_empty() {
            blocks.push(Block { span, kind: BlockKind::Paragraph, lang });
        }
        at += line.len();
    }
    Source {
        id: SourceId::new("s-suite"),
        name: "suite".into(),
        sha256: String::new(),
        blake3: String::new(),
        size: words.len() as u64,
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        lang,
        langs: vec![lang],
        text: words.into(),
        blocks,
        meta_date: None,
        layout: khronika_core::Layout::default(),
        part_of: None,
    }
}
