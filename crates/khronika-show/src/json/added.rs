//! What somebody added by hand, as `case.json` and the journal of a case file have it.

use khronika_core::{
    ActClass, ActType, ActorKind, Added, Addition, Anchor, Correction, Edtf, EventStatus, SourceId, Stance,
};
use serde_json::{Map, Value};

/// The members that say what is added, and to which words it is tied. Places are in characters.
#[must_use]
pub fn added(added: &Added, said: &Correction) -> Map<String, Value> {
    let Added { what, words } = added;
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| {
        all.insert(name.to_owned(), value);
    };
    put("what", what.name().into());
    put("source", words.source.as_str().into());
    put("start", words.start.into());
    put("end", (words.start + words.quote.chars().count()).into());
    put("quote", words.quote.as_str().into());
    put("prefix", words.prefix.as_str().into());
    put("suffix", words.suffix.as_str().into());
    let text = [
        ("date", said.date.as_ref().map(Edtf::as_str)),
        ("title", said.title.as_deref()),
        ("body", said.body.as_deref()),
    ];
    for (name, value) in text {
        if let Some(value) = value {
            put(name, value.into());
        }
    }
    match what {
        Addition::Event { status } => put("status", status.name().into()),
        Addition::Act { act_type, outcomes, status } => {
            put("status", status.name().into());
            put("type", act_type.name().into());
            put("outcomes", outcomes.iter().map(|outcome| outcome.name()).collect());
        }
        Addition::Statement { speaker, stance } => {
            put("stance", stance.name().into());
            if let Some(speaker) = speaker {
                put("speaker", speaker.as_str().into());
            }
        }
        Addition::Actor { name, kind } => {
            put("name", name.as_str().into());
            put("kind", kind.name().into());
        }
    }
    all
}

/// What these members say; `None` where a newer program says more than this one knows.
#[must_use]
pub fn read_added(all: &Map<String, Value>) -> Option<(Added, Correction)> {
    let text = |name: &str| all.get(name).and_then(Value::as_str);
    let own = |name: &str| text(name).map(str::to_owned);
    let status = || text("status").map_or(Some(EventStatus::Actual), EventStatus::from_name);
    let what = match text("what")? {
        "event" => Addition::Event { status: status()? },
        "act" => {
            let outcomes = all.get("outcomes").and_then(Value::as_array)?;
            let outcomes = outcomes.iter().map(|one| ActClass::from_name(one.as_str()?)).collect::<Option<Vec<_>>>()?;
            let outcomes = if outcomes.is_empty() { vec![ActClass::Decide] } else { outcomes };
            Addition::Act { act_type: ActType::from_name(text("type")?)?, outcomes, status: status()? }
        }
        "statement" => Addition::Statement { speaker: own("speaker"), stance: Stance::from_name(text("stance")?)? },
        "actor" => Addition::Actor { name: own("name")?, kind: ActorKind::from_name(text("kind")?)? },
        _ => return None,
    };
    let words = Anchor {
        source: SourceId::new(text("source")?),
        start: usize::try_from(all.get("start")?.as_u64()?).ok()?,
        quote: own("quote").filter(|quote| !quote.trim().is_empty())?,
        prefix: own("prefix").unwrap_or_default(),
        suffix: own("suffix").unwrap_or_default(),
    };
    let date = match text("date") {
        Some(date) => Some(Edtf::parse(date).ok()?),
        None => None,
    };
    Some((Added { what, words }, Correction { date, title: own("title"), body: own("body") }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Anchor {
        let (quote, prefix, suffix) = ("Суд отменил".to_owned(), "x".to_owned(), String::new());
        Anchor { source: SourceId::new("s-1"), start: 3, quote, prefix, suffix }
    }

    #[test]
    fn what_is_written_is_read() {
        let outcomes = vec![ActClass::Annul, ActClass::Remand];
        for what in [
            Addition::Event { status: EventStatus::Possible },
            Addition::Act { act_type: ActType::Judgment, outcomes, status: EventStatus::Actual },
            Addition::Statement { speaker: None, stance: Stance::Denies },
            Addition::Statement { speaker: Some("Ada".into()), stance: Stance::Asserts },
            Addition::Actor { name: "Ada Brook".into(), kind: ActorKind::Person },
        ] {
            let said = Correction { date: Edtf::parse("2021-05").ok(), title: Some("It".into()), body: None };
            let one = Added { what, words: words() };
            let all = added(&one, &said);
            assert_eq!(read_added(&all), Some((one, said)), "{all:?}");
            assert_eq!(all["end"], 14);
        }
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        let one = Added { what: Addition::Event { status: EventStatus::Actual }, words: words() };
        for (name, value) in [("what", "song"), ("status", "dreamt"), ("quote", " "), ("date", "soon")] {
            let mut all = added(&one, &Correction::default());
            all.insert(name.to_owned(), value.into());
            assert_eq!(read_added(&all), None, "{name}");
        }
    }
}
