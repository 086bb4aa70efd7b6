//! The rows of `lexicon/<lang>/acts*.toml`, read and compiled.
//!
//! A file `acts.toml` (or `acts-<part>.toml`) holds rows of two kinds. `[[act]]` gives the words of one act by their grammar;
//! `[[words]]` gives the small words that carry the grammar of a clause (auxiliaries, negation, "which", "by"). A person who adds a
//! language writes both and no code.

use std::collections::BTreeMap;

use khronika_core::{ActClass, ActType, Lang};
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::{Phrases, RowInfo};

/// The grammatical form in which a row's word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A finite verb of the past: "annulled", "отменил".
    Past,
    /// A finite verb of the present: "annuls", "annule".
    Present,
    /// A participle that is passive with "be", active with "have", and a modifier alone: "annulled", "annulée", "отменённый".
    Participle,
    /// A passive that needs no auxiliary: "отменён", "скасовано".
    Short,
    /// A plural of the past that needs no subject: "арестовали". Its words stand among those of the past, too.
    Impersonal,
    /// "annul", "annuler", "отменить".
    Infinitive,
    /// An active participle or gerund: "annulling", "annulant", "отменивший", "отменив".
    Gerund,
    /// A noun of the action: "annulment", "отмена".
    Noun,
    /// A noun of the paper or remedy: "judgment", "appeal", "ухвала".
    Paper,
    /// The same in a case that makes it the means: "постановлением", "ухвалою".
    Instrument,
}

/// What a small word does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Word {
    /// "has", "a", "ont".
    Have,
    /// "was", "est", "был".
    Be,
    /// "not", "pas", "не".
    Not,
    /// "may", "peut", "может", "would".
    Possible,
    /// "will", "sera", "будет".
    Future,
    /// "impugned", "attaqué", "оспариваемое": the decision that a remedy attacks.
    Attacked,
    /// "permission to appeal": what is granted or refused besides it is no decision that could be attacked.
    Permission,
    /// "hereby", "par la présente", "настоящим": the present behind it does what it says.
    Hereby,
    /// "asked", "demande", "просит", "prevent": what it governs is not done.
    Request,
    /// "asked", "called on", "a prié": a finite verb of the past by which one asks another to do something.
    Asks,
    /// "urged", "called on": the same, where it is no request that a court or authority must answer.
    Urges,
    /// "measures", "refrain": what is asked of a state, where it is no act of a row.
    Measure,
    /// "Working Group", "Special Rapporteur", "Комитет ООН": who watches over what states do.
    Monitor,
    /// "failed to": what it governs was not done.
    Fail,
    /// "decided to", "a décidé de", "постановил": what it governs is done.
    Decide,
    /// "if", "si", "если".
    Condition,
    /// "so that", "чтобы".
    Purpose,
    /// "because", "although", "lorsque", "потому что".
    Subordinate,
    /// "that", "que", "что": what follows is what was said, asked or ordered.
    Complement,
    /// Papers in the plural, which point to no single act: "decisions", "arrêts".
    Plural,
    /// "which", "who", "qui", "который".
    Relative,
    /// "dont", "against which", "которое": what stands before it is what the verb of the clause acts on, never who acts.
    RelativeObject,
    /// "a rendu l'arrêt suivant": the document announces itself.
    Announces,
    /// "by which", "par laquelle", "которым".
    ByWhich,
    /// "and", "et", "и".
    And,
    /// The agent of a passive: "by", "par".
    By,
    /// Any word after which a name is not the subject: "in", "à", "в".
    Preposition,
    /// "this", "cette", "указанн-".
    Demonstrative,
    /// "the", "la".
    Definite,
    /// "a", "une".
    Indefinite,
    /// "its own", "sa propre", "собственн-".
    Own,
    /// "'s", "his", "sa", "его".
    Possessive,
    /// A word that may stand inside a verb group: "also", "également".
    Adverb,
    /// "then", "later", "позднее": what follows is another act than what was told before.
    Sequence,
    /// A sentence with it cites decisions of other cases: "similar conclusions", "правовая позиция".
    Precedent,
    /// The paper speaks to the one whom it decides about: "Вы", "Ви", "Сіз".
    You,
    /// "the court", "суд": a body named only by its kind.
    Court,
    /// "the department", "апелляция": a body named by its kind, of which the last court named is not the one.
    Office,
    /// The same as the agent of a passive, by its case: "судом", "полицією".
    ByCourt,
    /// The agent of a passive that the last court named is: "тем же судом".
    BySameCourt,
    /// Who has a part in a case and decides nothing: "the defendant", "осуждённый".
    Party,
    /// The party that brought the case: "the applicant", "позивач".
    Claimant,
    /// Who speaks or stands for a party: "his lawyers", "семья".
    ForParty,
    /// A party as the agent of a passive, by its case: "заявителем".
    ByParty,
    /// Who stands for a party as the agent of a passive, by its case: "защитником".
    ByForParty,
    /// "men", "agents", "страж": nouns of people who may do what an act tells. They are asked where a tree tells who does it.
    Doer,
    /// "of first instance", "первой инстанции": the court that decided first.
    FirstInstance,
    /// Between the noun of an office and the name of what it is an office of: "of", "à".
    PartOf,
    /// The same, where a plain noun may follow too: "du", "des".
    PartOfNoun,
    /// Endings of the genitive, where a name that owns stands before its noun: "-ның".
    Genitive,
    /// Endings of adjectives in the nominative alone, where a name that is owned stands in another case: "-ый".
    Nominative,
    /// Endings of cases in which a name does nothing, where its noun stands in a possessive form: "-сына".
    Oblique,
    /// After a verb at the end of its clause, where verbs stand last: "хабарлаймыз", "деп".
    Report,
    /// Before the day to which something is put off, and never the day of the verb: "на 3 апреля".
    DateTarget,
    /// Before the number of the case that a decision was given in: "по делу", "у справі".
    InCase,
    /// Before a remedy and the one who took it: "по иску Иванова", "за позовом Іваненка".
    OnSuit,
    /// "we": the deciding court speaks.
    We,
    /// "he", "elle", "они": a subject whose name stands elsewhere.
    Pronoun,
    /// "he", "your", "son", "Вашей": who asked, as a subject or before the noun of what was asked.
    Asker,
    /// "Mr", "Mme", "г-н": before a name, and no part of it.
    Title,
    /// "the latter", "cette dernière": the body named last.
    Latter,
    /// "him", "lui", "его": whom it befell, beside the verb.
    Befallen,
    /// "адвоката", "прокурора", "қорғаушының": an office or party in the case of an owner, beside the noun of its remedy.
    OfParty,
    /// "no", "aucun", "жоден": a paper that does not exist.
    Nothing,
    /// "portant délégation de signature", "об утверждении": a paper of general scope, which decides no case.
    General,
    /// "c/", "v.": a judgment named by its parties is cited as authority.
    Versus,
    /// "under article": cites the law, in a sentence that may all the same tell what happened.
    CitesLaw,
    /// A sentence with it tells what the law is: "shall be", "under section", "aux termes de".
    Norm,
    /// The heading of the operative part.
    Operative,
    /// The same, of a word that titles have too: only where it begins its line and has a colon, or stands alone below the head.
    OperativeAlone,
    /// The heading that ends it.
    OperativeEnd,
    /// Ties a date to a noun and never to a verb: "of", "dated", "du", "от".
    DateLink,
    /// Ties a date to a verb or to a noun of action: "in", "on", "le", "en".
    DateOn,
    /// Ties a name to a noun: "of", "by", "from", "de".
    NameLink,
    /// "against", "contre", "на".
    Against,
    /// Where a case or an appeal goes: "to", "devant", "в".
    Forum,
    /// "before which an act waits": "is still pending", "находится на рассмотрении".
    Pending,
    /// "no appeal lies", "оскарженню не підлягає": the decision is final.
    Final,
    /// "is a recognised refugee", "имеет статус беженца": a status that is claimed for the time of writing.
    StatusNow,
    /// "wrongly", "à tort", "ошибочно": judges an act that was told before.
    Blame,
    /// "came", "took place", "est intervenue", "состоялось": says of a noun of action that it happened.
    Happened,
    /// "decided", "prononcée": a participle behind a noun of action, which says that it was done.
    Done,
    /// "committed", "commis", "совершённое": the day after it is that of a deed, and never that of the act.
    Deed,
    /// "within", "dans un délai de", "в течение".
    Within,
    /// "no later than", "до".
    Deadline,
    /// "until", "jusqu'au": the last day of what lasts.
    Until,
    /// "since", "depuis": the first day of what lasts.
    Since,
    /// "from notification", "со дня вручения".
    FromService,
    /// "from the day of the decision".
    FromAct,
    /// "from the day on which the full text was drawn up", "from its signature".
    FromWritten,
    /// "full text drawn up on", "date of signature".
    Written,
    /// "put into his hands", "remis en mains propres": the day beside it is that of a service.
    Served,
    /// "this letter was received", "notified on" at the beginning of a line: the document itself was served.
    OwnServed,
    /// "from", between a period and the day that it runs from.
    FromDate,
    /// "from the day of", "à compter de", "со дня": what stands behind it is what a period runs from.
    CountsFrom,
    /// "that date", "cette date", "сол": the day told last.
    ThatDay,
    /// "this letter", "la présente", "настоящего письма": the paper itself, and so the day that it bears.
    OwnPaper,
    /// "service", "remise", "получения": a period runs from when a paper was served.
    Serving,
    /// "decision", "prononcé", "вынесения": a period runs from when something was decided.
    Deciding,
    /// "publication", "refus", "внесения": a period runs from when something happened that is told before.
    Happening,
    /// "must": what is to be done by a day.
    Duty,
    /// "has until", "a jusqu'au", "есть время": somebody may take until a day to do something.
    Given,
    /// "for", before how long somebody is held.
    Lasts,
    /// "extended", "another": how long something lasts runs on from an end that is not told.
    Extends,
    /// "according to", "selon".
    Attribution,
    /// "allegedly", "якобы".
    Reserve,
    /// "hearing", "audience".
    Hearing,
    /// "read", "lecture".
    Reading,
    /// The marker of an infinitive: "to", "de".
    To,
    /// Puts a paper in the place of the means: "by", "in", "par".
    InPaper,
    /// Phrases that look like words of acts and are none: "court of appeal", "in order to".
    Blank,
    /// What laws are cut into: "article", "section", "статья", "бап".
    Provision,
    /// What those are cut into, and other things too: "paragraph", "часть".
    ProvisionPart,
    /// Behind the number of a provision: "bis", "ter".
    NumberEnding,
    /// "№", "n°": before the number of a law.
    NumberSign,
    /// "Act", "Code", "Convention", "УПК": the noun of a law.
    Law,
    /// "under", "in breach of", "en application de": what follows may be the law that was applied.
    Under,
    /// "on the ground that", "au motif que": what follows is why it was done.
    Ground,
    /// "for lack of", "faute de": the same, and the words are part of it.
    GroundFrom,
    /// "байланысты": what stands before is why it was done.
    GroundBefore,
    /// Endings of verbs that say why: "-ғандықтан".
    GroundEnding,
    /// "out of time", "как необоснованную": the words themselves say why.
    GroundWords,
    /// "asking", "tendant à", "с требованием": what follows is what is asked for.
    Seeks,
    /// "сұрап": what stands before is what is asked for.
    SeeksBefore,
    /// "for" behind "application", "о" behind "ходатайство", "туралы" before "өтініш": what is asked for.
    SeeksNoun,
    /// "cassation", "appel": no relief, though it stands where relief does.
    NotRelief,
    /// "asylum", "bail": what is asked for, as a noun before that of the request.
    ReliefNoun,
    /// "ordered", "enjoint", "обязал": what a decision orders or grants besides its outcome.
    Awards,
}

/// What a row's word dates instead of being an act of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sets {
    /// Service of the act named beside it.
    Service,
    /// Its reading.
    Reading,
    /// Its hearing.
    Hearing,
    /// Its entry into force.
    EntryIntoForce,
}

/// Who can do the act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Agent {
    /// A court or authority.
    #[default]
    Body,
    /// Anyone: a party that appeals.
    Any,
}

/// A row as the file has it.
#[derive(Debug, Deserialize)]
struct RawAct {
    #[serde(flatten)]
    info: RowInfo,
    #[serde(default)]
    class: Vec<String>,
    #[serde(default, rename = "type")]
    act_type: Option<String>,
    /// `infinitive / present / past / participle / gerund`, alternatives with `|`, `-` for none.
    #[serde(default)]
    verb: Vec<String>,
    #[serde(default)]
    past: Vec<String>,
    #[serde(default)]
    impersonal: Vec<String>,
    #[serde(default)]
    present: Vec<String>,
    #[serde(default)]
    participle: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    infinitive: Vec<String>,
    #[serde(default)]
    gerund: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
    #[serde(default)]
    paper: Vec<String>,
    #[serde(default)]
    instrument: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    not_object: Vec<String>,
    #[serde(default)]
    agent: Agent,
    #[serde(default)]
    light: bool,
    /// Tells an act only inside an operative part: elsewhere "the appeal is inadmissible" is an argument.
    #[serde(default)]
    operative: bool,
    /// Takes "be" in the active: "s'est désisté".
    #[serde(default)]
    active_be: bool,
    #[serde(default)]
    sets: Option<Sets>,
    #[serde(default)]
    finds: Option<String>,
    #[serde(default)]
    not_claimed: Option<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, toml::Value>,
}

#[derive(Debug, Deserialize)]
struct RawWords {
    #[serde(flatten)]
    info: RowInfo,
    kind: Word,
    forms: Vec<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, toml::Value>,
}

/// On which side of its verb the object stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ObjectSide {
    /// After it, as in English and French.
    #[default]
    Right,
    /// Before it, as in Kazakh.
    Left,
    /// After it, or before it where nothing stands after it, as in Russian and Ukrainian.
    Either,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    object_side: Option<ObjectSide>,
    #[serde(default)]
    act: Vec<RawAct>,
    #[serde(default)]
    words: Vec<RawWords>,
}

/// A row, compiled.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) info: RowInfo,
    pub(super) classes: Vec<ActClass>,
    pub(super) act_type: Option<ActType>,
    pub(super) object: Option<Phrases<()>>,
    pub(super) not_object: Option<Phrases<()>>,
    pub(super) agent: Agent,
    pub(super) light: bool,
    /// Only inside an operative part.
    pub(super) operative: bool,
    /// "be" beside its participle makes no passive.
    pub(super) active_be: bool,
    pub(super) sets: Option<Sets>,
    pub(super) finds: Option<String>,
    pub(super) not_claimed: Option<String>,
}

/// The rules of one language.
#[derive(Debug, Default)]
pub(super) struct LangRules {
    pub(super) rows: Vec<Row>,
    /// Row, form, and whether the pattern has a gap.
    pub(super) forms: Phrases<(usize, Form, bool)>,
    pub(super) words: Phrases<Word>,
    /// The words that tell something of an act or a person without any verb or noun of an act.
    pub(super) alone: Phrases<()>,
    pub(super) word_rows: Vec<(RowInfo, Word)>,
    /// The headings of operative parts without spaces, in small letters, for those printed with spaced letters.
    pub(super) spaced: Vec<(String, Word)>,
    /// The endings by which a name owns the noun after it.
    pub(super) genitive: Vec<String>,
    /// The endings by which an adjective is in the nominative and no other case.
    pub(super) nominative: Vec<String>,
    /// The endings by which a name is in a case of what does nothing.
    pub(super) oblique: Vec<String>,
    /// The endings by which a verb says why something was done.
    pub(super) because: Vec<String>,
    pub(super) object_side: ObjectSide,
}

impl LangRules {
    pub(super) fn row(&self, index: usize) -> Option<&Row> {
        self.rows.get(index)
    }
}

/// Reads the rows of every language.
pub(super) fn load(data: &Dataset) -> Result<BTreeMap<Lang, LangRules>, LexiconError> {
    let mut all = BTreeMap::new();
    for code in data.languages() {
        let Some(lang) = Lang::new(code) else { continue };
        let mut rules = LangRules::default();
        let folder = format!("lexicon/{code}/acts");
        let mut any = false;
        for (name, text) in data.under(&folder).filter(|(name, _)| name.ends_with(".toml")) {
            any = true;
            add_file(&mut rules, lang, name, text)?;
        }
        if any {
            all.insert(lang, rules);
        }
    }
    Ok(all)
}

fn add_file(rules: &mut LangRules, lang: Lang, name: &str, text: &str) -> Result<(), LexiconError> {
    let file: File = toml::from_str(text).map_err(|e| LexiconError::new(name, e.to_string()))?;
    if let Some(side) = file.object_side {
        rules.object_side = side;
    }
    for raw in file.act {
        let error = |what: String| LexiconError::new(name, format!("{}: {what}", raw.info.id));
        if let Some(key) = raw.rest.keys().next() {
            return Err(error(format!("there is no field “{key}”")));
        }
        let mut classes = Vec::new();
        for class in &raw.class {
            classes.push(
                ActClass::from_name(class).ok_or_else(|| error(format!("“{class}” is no class of the vocabulary")))?,
            );
        }
        let act_type = match &raw.act_type {
            None => None,
            Some(t) => Some(ActType::from_name(t).ok_or_else(|| error(format!("“{t}” is no type of act")))?),
        };
        let index = rules.rows.len();
        let mut add = |patterns: &[String], form: Form| {
            patterns
                .iter()
                .try_for_each(|pattern| rules.forms.add(lang, pattern, &(index, form, pattern.contains("..."))))
        };
        for (patterns, form) in [
            (&raw.past, Form::Past),
            (&raw.impersonal, Form::Impersonal),
            (&raw.present, Form::Present),
            (&raw.participle, Form::Participle),
            (&raw.short, Form::Short),
            (&raw.infinitive, Form::Infinitive),
            (&raw.gerund, Form::Gerund),
            (&raw.noun, Form::Noun),
            (&raw.paper, Form::Paper),
            (&raw.instrument, Form::Instrument),
        ] {
            add(patterns, form).map_err(&error)?;
        }
        for verb in &raw.verb {
            let parts: Vec<&str> = verb.split('/').map(str::trim).collect();
            let kinds = [Form::Infinitive, Form::Present, Form::Past, Form::Participle, Form::Gerund];
            if parts.len() != kinds.len() {
                return Err(error(format!("“{verb}” is not “infinitive / present / past / participle / gerund”")));
            }
            for (part, form) in parts.iter().zip(kinds) {
                let patterns: Vec<String> =
                    part.split('|').map(str::trim).filter(|p| *p != "-").map(str::to_owned).collect();
                add(&patterns, form).map_err(&error)?;
            }
        }
        let set = |patterns: &[String]| -> Result<Option<Phrases<()>>, String> {
            let mut phrases = Phrases::default();
            patterns.iter().try_for_each(|p| phrases.add(lang, p, &()))?;
            Ok((!phrases.is_empty()).then_some(phrases))
        };
        let (object, not_object) = (set(&raw.object).map_err(&error)?, set(&raw.not_object).map_err(&error)?);
        rules.rows.push(Row {
            info: raw.info,
            classes,
            act_type,
            object,
            not_object,
            agent: raw.agent,
            light: raw.light,
            operative: raw.operative,
            active_be: raw.active_be,
            sets: raw.sets,
            finds: raw.finds,
            not_claimed: raw.not_claimed,
        });
    }
    for raw in file.words {
        let error = |what: String| LexiconError::new(name, format!("{}: {what}", raw.info.id));
        if let Some(key) = raw.rest.keys().next() {
            return Err(error(format!("there is no field “{key}”")));
        }
        for form in &raw.forms {
            let endings = match raw.kind {
                Word::Genitive => Some(&mut rules.genitive),
                Word::Nominative => Some(&mut rules.nominative),
                Word::Oblique => Some(&mut rules.oblique),
                Word::GroundEnding => Some(&mut rules.because),
                _ => None,
            };
            if let Some(endings) = endings {
                endings.push(form.trim_start_matches('-').to_owned());
            }
            rules.words.add(lang, form, &raw.kind).map_err(error)?;
            if matches!(raw.kind, Word::StatusNow | Word::Final | Word::Given) {
                rules.alone.add(lang, form, &()).map_err(error)?;
            }
            if matches!(raw.kind, Word::Operative | Word::OperativeAlone | Word::OperativeEnd) {
                let joined = form.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
                rules.spaced.push((joined, raw.kind));
            }
        }
        rules.word_rows.push((raw.info, raw.kind));
    }
    Ok(())
}
