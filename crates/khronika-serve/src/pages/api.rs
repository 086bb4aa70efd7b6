//! The same for programs: JSON under `/api`, described by an OpenAPI document that is made of this code.
//!
//! A program needs a session as a browser does: the link's token gives it a cookie, and what changes anything brings the token of the
//! session in `x-csrf-token`, which `/api/session` tells, and our `Origin`.

use std::ops::Range;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use khronika_core::{Case, CharIndex, CharOffset, Correction, Edtf, EffectKind, Span, Verdict};
use khronika_show::json as wire;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::task::spawn_blocking;
use utoipa::{OpenApi, ToSchema};

use super::hand;
use crate::desk::Saying;
use crate::fault::Fault;
use crate::fields::{Fields, Query};
use crate::guard::TOKEN;
use crate::page::Visitor;
use crate::workspace::Workspace;

/// How many items an answer has, unless more are asked for, and at most.
const SOME: usize = 100;
const MOST: usize = 1000;
/// How many documents a search tells at most.
const HITS: u32 = 200;

/// Everything under `/api`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "khronika",
        description = "A case that is served on this machine.",
        license(name = "AGPL-3.0-or-later")
    ),
    paths(session, case, list, one, judgments, say, withdraw, search, journal, status, lock)
)]
struct Description;

/// What every call may be answered with besides its own answers, by the status.
const ALWAYS: [(&str, &str); 5] = [
    ("401", "There is no session"),
    ("403", "It comes from another page, or without the token of the session"),
    ("421", "It is for another host"),
    ("423", "The case is locked"),
    ("503", "The case is not weighed yet, or another program works on it"),
];

/// The description itself.
pub(crate) async fn openapi(State(workspace): State<Workspace>) -> Result<Response, Fault> {
    answer(StatusCode::OK, &description(&workspace.cookie)?)
}

/// What is described call by call, and what all calls have in common.
fn description(cookie: &str) -> Result<Value, Fault> {
    let mut whole = serde_json::to_value(Description::openapi()).map_err(|_| Fault::Failed)?;
    let paths = whole.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    for (method, call) in paths.filter_map(|(_, calls)| calls.as_object_mut()).flatten() {
        let lists = call.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
        for list in lists.filter(|parameter| parameter["name"] == "list") {
            list["schema"]["enum"] = json!(wire::List::ALL.map(wire::List::name));
        }
        if let Some(responses) = call.get_mut("responses").and_then(Value::as_object_mut) {
            for (status, description) in ALWAYS {
                let problem = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
                responses.insert(status.to_owned(), json!({"description": description, "content": problem}));
            }
        }
        let token: &[&str] = if method == "post" { &["session", "token"] } else { &["session"] };
        let needs: Map<String, Value> = token.iter().map(|name| ((*name).to_owned(), json!([]))).collect();
        if let Some(call) = call.as_object_mut() {
            call.insert("security".to_owned(), json!([needs]));
        }
    }
    if let Some(components) = whole.get_mut("components").and_then(Value::as_object_mut) {
        let session = json!({"type": "apiKey", "in": "cookie", "name": cookie});
        let token = json!({"type": "apiKey", "in": "header", "name": TOKEN.as_str()});
        components.insert("securitySchemes".to_owned(), json!({"session": session, "token": token}));
    }
    Ok(whole)
}

fn json_text(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}

fn answer(status: StatusCode, value: &impl Serialize) -> Result<Response, Fault> {
    serde_json::to_string(value).map(|text| json_text(status, text)).map_err(|_| Fault::Failed)
}

/// What a program has to know of its session.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// What every change has to bring with it, as `x-csrf-token`.
    csrf: String,
    /// Whether the case is open.
    open: bool,
}

#[utoipa::path(get, path = "/api/session", responses((status = 200, body = Session)))]
pub(crate) async fn session(State(workspace): State<Workspace>, visitor: Visitor) -> Result<Response, Fault> {
    answer(StatusCode::OK, &Session { csrf: visitor.csrf, open: workspace.is_open() })
}

/// Why something was not done.
#[derive(Serialize, ToSchema)]
pub(crate) struct Problem {
    error: Why,
}

/// What is wrong, and the next step.
#[derive(Serialize, ToSchema)]
pub(crate) struct Why {
    kind: String,
    what: String,
    hint: String,
}

/// The case in figures.
#[derive(Serialize, ToSchema)]
pub(crate) struct Figures {
    title: String,
    /// The day as of which standings are given.
    as_of: Option<String>,
    /// How many entries of the journal are known; what is said of findings brings it as `seen`.
    entries: u64,
    sources: usize,
    actors: usize,
    events: usize,
    proceedings: usize,
    deadlines: usize,
    statements: usize,
    conflicts: usize,
    problems: usize,
    judgments: usize,
}

#[utoipa::path(get, path = "/api/case", responses((status = 200, body = Figures)))]
pub(crate) async fn case(State(workspace): State<Workspace>, _: Visitor) -> Result<Response, Fault> {
    let shown = workspace.shown()?;
    let case = &shown.case;
    let figures = Figures {
        title: workspace.title(),
        as_of: case.known_as_of().map(|day| day.to_string()),
        entries: shown.entries,
        sources: case.sources.len(),
        actors: case.actors.len(),
        events: case.events.len(),
        proceedings: case.proceedings.len(),
        deadlines: case.deadlines.len(),
        statements: case.statements.len(),
        conflicts: case.conflicts.len(),
        problems: case.problems.len(),
        judgments: case.judgments.len(),
    };
    answer(StatusCode::OK, &figures)
}

/// Some items of a list, each as it stands in `case.json`.
#[derive(Serialize, ToSchema)]
pub(crate) struct Items {
    /// How many there are in all.
    total: usize,
    /// How many were passed over.
    offset: usize,
    #[schema(value_type = Vec<Object>)]
    items: Vec<Value>,
}

/// Makes items of a part of the case.
async fn items(case: Arc<Case>, list: wire::List, range: Range<usize>) -> Result<Vec<Value>, Fault> {
    spawn_blocking(move || wire::items(&case, list, range)).await.map_err(|_| Fault::Failed)
}

#[utoipa::path(
    get,
    path = "/api/{list}",
    params(
        ("list" = String, Path, description = "Of what"),
        ("offset" = Option<u64>, Query, description = "How many to pass over"),
        ("limit" = Option<u64>, Query, description = "How many to give", maximum = 1000)
    ),
    responses((status = 200, body = Items), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(crate) async fn list(
    State(workspace): State<Workspace>,
    _: Visitor,
    Path(name): Path<String>,
    Query(query): Query,
) -> Result<Response, Fault> {
    some(&workspace, wire::List::from_name(&name).ok_or(Fault::Missing)?, &query).await
}

/// The judgments, whose address takes new ones as well.
#[utoipa::path(
    get,
    path = "/api/judgments",
    params(
        ("offset" = Option<u64>, Query, description = "How many to pass over"),
        ("limit" = Option<u64>, Query, description = "How many to give", maximum = 1000)
    ),
    responses((status = 200, body = Items), (status = 422, body = Problem))
)]
pub(crate) async fn judgments(
    State(workspace): State<Workspace>,
    _: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    some(&workspace, wire::List::Judgments, &query).await
}

/// The number that an address gives; programs are told where it is none.
fn number(query: &Fields, name: &str) -> Result<Option<u64>, Fault> {
    // No more than what is written as `int64`, as it is described.
    let number = || query.number(name).filter(|number| i64::try_from(*number).is_ok());
    query.has(name).then(|| number().ok_or(Fault::Invalid("invalid-number"))).transpose()
}

async fn some(workspace: &Workspace, list: wire::List, query: &Fields) -> Result<Response, Fault> {
    let case = Arc::clone(&workspace.shown()?.case);
    let total = list.len(&case);
    // A number that no machine counts to is past the end all the same.
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let offset = number(query, "offset")?.map_or(0, count).min(total);
    let limit = number(query, "limit")?.map_or(SOME, count);
    if limit > MOST {
        return Err(Fault::Invalid("invalid-number"));
    }
    let items = items(case, list, offset..offset.saturating_add(limit).min(total)).await?;
    answer(StatusCode::OK, &Items { total, offset, items })
}

#[utoipa::path(
    get,
    path = "/api/{list}/{id}",
    params(("list" = String, Path, description = "As above"), ("id" = String, Path, description = "The id of the item")),
    responses((status = 200, description = "The item as it stands in case.json", body = Object), (status = 404, body = Problem))
)]
pub(crate) async fn one(
    State(workspace): State<Workspace>,
    _: Visitor,
    Path((name, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let list = wire::List::from_name(&name).ok_or(Fault::Missing)?;
    let case = Arc::clone(&workspace.shown()?.case);
    let at = list.place(&case, &id).ok_or(Fault::Missing)?;
    let item = items(case, list, at..at + 1).await?.pop().ok_or(Fault::Missing)?;
    answer(StatusCode::OK, &item)
}

/// What is said of findings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    /// `confirm`, `reject`, `correct`, `merge`, `split`, `link`, `note` or `add`.
    verdict: String,
    /// The ids of the events, or of actors that are merged, split or noted. Of what is added nothing: it gets its id, which the judgment names.
    #[serde(default)]
    about: Vec<String>,
    /// How many entries the journal had that were seen: `entries` of `/api/case`.
    seen: u64,
    /// Why.
    words: Option<String>,
    /// Of a correction: when it was (EDTF).
    date: Option<String>,
    /// Of a correction: what it is, in a sentence.
    title: Option<String>,
    /// Of a correction: the body whose act it is.
    body: Option<String>,
    /// Of a link: what the first act does to the second.
    effect: Option<String>,
    /// What is added: as `added` of a judgment in case.json, with `source`, `start` and `end` for the words.
    #[schema(value_type = Option<Object>)]
    added: Option<Map<String, Value>>,
    /// Of an actor that is split: the names that are another's.
    #[serde(default)]
    names: Vec<String>,
}

impl Said {
    /// What it adds to words of a document.
    fn adds(self, case: &Case) -> Result<Saying, Fault> {
        let mut all = self.added.ok_or(Fault::Invalid("invalid-added"))?;
        let more = [("date", self.date), ("title", self.title), ("body", self.body)];
        all.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
        let id = all.get("source").and_then(Value::as_str).unwrap_or_default();
        let source = case.sources.iter().find(|source| source.id.as_str() == id).ok_or(Fault::Missing)?;
        let chars = CharIndex::new(&source.text);
        let byte = |name: &str| {
            let at = usize::try_from(all.get(name)?.as_u64()?).ok()?;
            chars.byte(&source.text, CharOffset(at))
        };
        let span = byte("start").zip(byte("end")).map(|(start, end)| Span::new(start, end));
        hand::saying(source, span.ok_or(Fault::Invalid("invalid-words"))?, all, self.words, Some(self.seen))
    }
}

/// An entry that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct Made {
    entry: u64,
}

#[utoipa::path(
    post,
    path = "/api/judgments",
    request_body = Said,
    responses(
        (status = 201, body = Made),
        (status = 409, description = "Somebody spoke of the same meanwhile", body = Problem),
        (status = 413, description = "It is longer than 64 kB", body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(crate) async fn say(State(workspace): State<Workspace>, _: Visitor, body: Bytes) -> Result<Response, Fault> {
    let said: Said = serde_json::from_slice(&body).map_err(|_| Fault::Invalid("invalid-form"))?;
    if said.verdict == Verdict::Add.name() {
        let saying = said.adds(&workspace.shown()?.case)?;
        let entry = workspace.say(saying).await?;
        return answer(StatusCode::CREATED, &Made { entry });
    }
    let date = said.date.as_deref().map(Edtf::parse).transpose().map_err(|_| Fault::Invalid("invalid-date"))?;
    let effect = said.effect.as_deref().map(|name| EffectKind::from_name(name).ok_or(Fault::Invalid("invalid-effect")));
    let saying = Saying {
        verdict: Verdict::from_name(&said.verdict).ok_or(Fault::Invalid("invalid-verdict"))?,
        about: said.about,
        words: said.words,
        correction: Correction { date, title: said.title, body: said.body },
        effect: effect.transpose()?,
        added: None,
        names: said.names,
        seen: said.seen,
    };
    let entry = workspace.say(saying).await?;
    answer(StatusCode::CREATED, &Made { entry })
}

#[utoipa::path(
    post,
    path = "/api/judgments/{number}/withdraw",
    params(("number" = u64, Path, description = "The number of the entry")),
    responses((status = 201, body = Made), (status = 404, body = Problem))
)]
pub(crate) async fn withdraw(
    State(workspace): State<Workspace>,
    _: Visitor,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let number = number.parse().map_err(|_| Fault::Missing)?;
    let entry = workspace.take_back(number, None).await?;
    answer(StatusCode::CREATED, &Made { entry })
}

/// What a search found.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hits {
    count: u64,
    hits: Vec<Hit>,
}

/// A document in which words were found.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hit {
    source: String,
    name: String,
    language: Option<String>,
    snippet: String,
    /// What was found in the snippet: first and one past the last character.
    marks: Vec<[usize; 2]>,
}

#[utoipa::path(
    get,
    path = "/api/search",
    params(("q" = String, Query, description = "The words"), ("lang" = Option<String>, Query, description = "ISO 639-1")),
    responses((status = 200, body = Hits), (status = 422, body = Problem))
)]
pub(crate) async fn search(
    State(workspace): State<Workspace>,
    _: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    let words = query.one("q").ok_or(Fault::Invalid("invalid-form"))?.to_owned();
    let lang = query.one("lang").map(str::to_owned);
    let found = workspace.at_desk(move |desk| desk.search(&words, lang.as_deref(), HITS)).await?;
    let hits = found.hits.into_iter().map(|hit| Hit {
        source: hit.source,
        name: hit.name,
        language: hit.lang,
        snippet: hit.snippet,
        marks: hit.marks.into_iter().map(|(from, to)| [from, to]).collect(),
    });
    answer(StatusCode::OK, &Hits { count: found.count, hits: hits.collect() })
}

/// An entry of the journal.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entry {
    number: u64,
    time: String,
    kind: String,
    about: Option<String>,
    title: Option<String>,
    by: String,
    can_be_undone: bool,
}

#[utoipa::path(
    get,
    path = "/api/journal",
    params(("before" = Option<u64>, Query, description = "Only entries before this number")),
    responses((status = 200, description = "The newest entries, a hundred at most", body = Vec<Entry>), (status = 422, body = Problem))
)]
pub(crate) async fn journal(
    State(workspace): State<Workspace>,
    _: Visitor,
    Query(query): Query,
) -> Result<Response, Fault> {
    let before = number(&query, "before")?;
    let entries = workspace.at_desk(move |desk| desk.journal(before, SOME as u64)).await?;
    let entries = entries.into_iter().map(|entry| Entry {
        number: entry.number,
        time: entry.time,
        kind: entry.kind,
        about: entry.about,
        title: entry.title,
        by: entry.by,
        can_be_undone: entry.can_be_undone,
    });
    answer(StatusCode::OK, &entries.collect::<Vec<_>>())
}

/// How work goes on.
#[derive(Serialize, ToSchema)]
pub(crate) struct Goings {
    /// Whether anything goes on.
    busy: bool,
    /// How many documents wait to be read.
    waiting: usize,
    /// How much of what is being done is done, and how much there is.
    done: usize,
    all: usize,
}

#[utoipa::path(get, path = "/api/status", responses((status = 200, body = Goings)))]
pub(crate) async fn status(State(workspace): State<Workspace>, _: Visitor) -> Result<Response, Fault> {
    let status = workspace.work.status();
    let (done, all) = status.done;
    answer(StatusCode::OK, &Goings { busy: status.is_busy(), waiting: status.waiting, done, all })
}

#[utoipa::path(post, path = "/api/lock", responses((status = 204, description = "The case is locked")))]
pub(crate) async fn lock(State(workspace): State<Workspace>, _: Visitor) -> Response {
    workspace.lock().await;
    StatusCode::NO_CONTENT.into_response()
}
