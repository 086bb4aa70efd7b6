//! Prints what is found in text files, one finding a line: `cargo run --example show_findings -- en letter.txt`.
//!
//! The first argument is the main language of the texts. `--acts` before it leaves dates and actors out. For looking at results, not
//! for scripts: those read `case.json`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example program speaks to a person")]

use khronika_core::{Findings, Lang, MentionIx, Source, Span};
use khronika_data::Dataset;
use khronika_find::Finder;
use khronika_read::{ReadOptions, Reader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let brief = args.first().is_some_and(|a| a == "--acts");
    if brief {
        args.remove(0);
    }
    let Some((lang, files)) = args.split_first() else {
        eprintln!("usage: show_findings [--acts] LANG FILE…");
        return Ok(());
    };
    let lang = Lang::new(lang).ok_or("the language is two small letters")?;
    let reader = Reader::new(&Dataset::embedded())?;
    let finder = Finder::new(&Dataset::embedded())?;
    for file in files {
        let options = ReadOptions { lang: Some(lang), ..ReadOptions::default() };
        let (source, _) = match reader.read_bytes(file, &std::fs::read(file)?, &options) {
            Ok(read) => read,
            Err(problem) => {
                println!("== {file}: not read: {}", problem.what);
                continue;
            }
        };
        let found = finder.find(&source);
        println!("== {file}");
        show(&source, &found, brief);
    }
    Ok(())
}

fn show(source: &Source, found: &Findings, brief: bool) {
    let words = |span: Span| span.of(&source.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let name = |m: MentionIx| found.mentions.get(m).map_or_else(String::new, |m| words(m.span));
    let date = |d: Option<usize>| d.and_then(|d| found.dates.get(d)).map(|d| d.value.clone());
    if !brief {
        for (i, d) in found.dates.iter().enumerate() {
            println!("date {i} {} {} {} “{}”", d.kind.name(), d.value, d.role.name(), words(d.span));
        }
        for (i, a) in found.actors.iter().enumerate() {
            let forms: Vec<_> = a.forms.iter().map(|(f, r)| format!("{f} ({})", r.name())).collect();
            println!(
                "actor {i} {} {} {} [{}]",
                a.kind.name(),
                a.name,
                a.known_as.as_deref().unwrap_or("-"),
                forms.join(", ")
            );
        }
    }
    for (i, a) in found.acts.iter().enumerate() {
        let classes: Vec<_> = a.classes.iter().map(|c| c.name()).collect();
        let mut line = format!("act {i} {:?} {} {} {}", a.mention, a.act_type, classes.join("+"), a.status.name());
        for (label, value) in [
            ("on", date(a.dates.act)),
            ("hearing", date(a.dates.hearing)),
            ("read", date(a.dates.reading)),
            ("served", date(a.dates.service)),
            ("in force", date(a.dates.entry_into_force)),
            ("by", a.body.map(name).or(a.body_words.map(words))),
            ("no.", a.docket.clone()),
        ] {
            if let Some(value) = value {
                line += &format!(" {label} {value}");
            }
        }
        for p in &a.participants {
            line += &format!(" {}={}", p.role.name(), name(p.mention));
        }
        for e in &a.effects {
            line += &format!(" -> {} {}", e.effect, e.target.map_or("?".to_owned(), |t| t.to_string()));
        }
        if let Some((to, why)) = &a.same_as {
            line += &format!(" = {to} ({why})");
        }
        if let Some((forum, span)) = &a.pending {
            line += &format!(" pending “{}” {}", words(*span), forum.map(name).unwrap_or_default());
        }
        for p in &a.periods {
            let value = found.dates.get(p.date).map_or("", |d| d.value.as_str());
            line +=
                &format!(" period {value} {} “{}” from {:?}", p.class.map_or("-", |c| c.name()), words(p.what), p.from);
        }
        println!("{line} [{}]\n      “{}”", a.made_by, words(a.span));
    }
    for e in &found.events {
        let who: Vec<_> = e.participants.iter().map(|p| name(p.mention)).collect();
        println!(
            "event {} {} [{}] “{}”",
            date(Some(e.date)).unwrap_or_default(),
            e.status.name(),
            who.join(", "),
            words(e.span)
        );
    }
}
