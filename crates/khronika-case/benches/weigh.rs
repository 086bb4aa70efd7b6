//! How long it takes to weigh 1,000, 10,000 and 100,000 acts: the cost must stay near linear.
//!
//! The acts are spread over papers of fifty, by forty courts, about two hundred persons, over thirty years; half of them act on the
//! act before, every tenth is told in the next paper again, every fifth has only a year.

use khronika_case::{CaseRules, WeighOptions, weigh};
use khronika_core::{
    ActClass, ActDates, ActFinding, ActMention, ActType, ActorKind, Basis, DateRole, Edtf, EffectFinding, EffectKind,
    EventStatus, Findings, Lang, LocalActor, Mention, NameRelation, Participant, Role, Source, SourceId, Span,
    TimeExpr, TimexKind, stable_id,
};
use khronika_data::Dataset;

fn main() {
    divan::main();
}

#[allow(clippy::unwrap_used, reason = "a bench without its rules cannot run")]
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5, sample_size = 1)]
fn acts(bencher: divan::Bencher<'_, '_>, n: usize) {
    let rules = CaseRules::load(&Dataset::embedded()).unwrap();
    bencher
        .with_inputs(|| (0..n / 50).map(paper).unzip::<_, _, Vec<_>, Vec<_>>())
        .bench_values(|(sources, found)| weigh(sources, found, &WeighOptions::default(), &rules));
}

/// A small generator of numbers (SplitMix64), so that every run weighs the same acts.
fn number(seed: u64) -> usize {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((z ^ (z >> 31)) >> 33).unwrap_or(0)
}

const CLASSES: [(ActClass, EffectKind); 5] = [
    (ActClass::Annul, EffectKind::Annuls),
    (ActClass::Uphold, EffectKind::Upholds),
    (ActClass::Dismiss, EffectKind::Dismisses),
    (ActClass::Suspend, EffectKind::Suspends),
    (ActClass::Convict, EffectKind::Concerns),
];

fn paper(at: usize) -> (Source, Findings) {
    let mut text = String::new();
    let id = SourceId::new(&stable_id("s", &[&at.to_string()]));
    let mut found = Findings::empty(id.clone());
    let mut say = |words: &str| {
        let start = text.len();
        text.push_str(words);
        text.push(' ');
        Span::new(start, start + words.len())
    };
    for n in 0..50 {
        // Every tenth act is that of the paper before.
        let seed = if n % 10 == 9 && at > 0 { (at - 1) * 50 + n - 1 } else { at * 50 + n } as u64;
        let (court, person, class) = (number(seed) % 40, number(seed ^ 0xa) % 200, number(seed ^ 0xb) % 5);
        let (year, month, day) =
            (1990 + number(seed ^ 0xc) % 30, 1 + number(seed ^ 0xd) % 12, 1 + number(seed ^ 0xe) % 28);
        let date = if n % 5 == 4 { format!("{year}") } else { format!("{year}-{month:02}-{day:02}") };
        let mut actor = |name: String, kind| {
            let span = say(&name);
            let ix = found.actors.iter().position(|a: &LocalActor| a.name == name).unwrap_or_else(|| {
                found.actors.push(LocalActor {
                    forms: vec![(name.clone(), NameRelation::Main)],
                    name,
                    kind,
                    known_as: None,
                    made_by: "bench".to_owned(),
                    confidence: 1.0,
                });
                found.actors.len() - 1
            });
            found.mentions.push(Mention { span, actor: ix });
            found.mentions.len() - 1
        };
        let body = actor(format!("Court of Town {}", letters(court)), ActorKind::Court);
        let who = actor(format!("Given{} Family{}", letters(person % 14), letters(person)), ActorKind::Person);
        let span = say(&date);
        found.dates.push(TimeExpr {
            span,
            kind: TimexKind::Date,
            value: date.clone(),
            modifier: None,
            edtf: Edtf::parse(&date).ok(),
            interval: None,
            role: DateRole::Event,
            basis: Basis::Stated,
            anchor: None,
            confidence: 1.0,
            note: None,
            made_by: "bench".to_owned(),
        });
        let (class, effect) = CLASSES[class];
        let trigger = say("acts");
        let because = "the act told before".to_owned();
        let target = (n % 2 == 1).then(|| n - 1);
        found.acts.push(ActFinding {
            trigger,
            span: trigger,
            mention: ActMention::Told,
            act_type: ActType::Judgment,
            classes: vec![class],
            body: Some(body),
            body_words: None,
            about_words: None,
            participants: vec![Participant { mention: who, role: Role::Subject }],
            object: None,
            terms: Vec::new(),
            dates: ActDates { act: Some(found.dates.len() - 1), ..ActDates::default() },
            docket: None,
            status: EventStatus::Actual,
            effects: target
                .map(|t| EffectFinding { effect, target: Some(t), span: trigger, stated: true, because })
                .into_iter()
                .collect(),
            same_as: None,
            own: false,
            pending: None,
            final_words: None,
            periods: Vec::new(),
            said_by: Vec::new(),
            engine: None,
            made_by: "bench".to_owned(),
            confidence: 1.0,
        });
    }
    let source = Source {
        id,
        name: format!("{at:06}.txt"),
        sha256: String::new(),
        blake3: String::new(),
        size: text.len() as u64,
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        lang: Lang::EN,
        langs: vec![Lang::EN],
        text,
        blocks: Vec::new(),
        meta_date: None,
        layout: khronika_core::Layout::default(),
        part_of: None,
    };
    (source, found)
}

/// A number as letters, so that names differ as names do.
fn letters(mut n: usize) -> String {
    let mut out = String::new();
    loop {
        out.push(char::from(b'a' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
        if n == 0 {
            return out;
        }
    }
}
