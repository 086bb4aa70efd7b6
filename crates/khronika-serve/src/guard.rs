//! The one layer that every request goes through, and every answer.
//!
//! A request must name this host, so that no foreign name that was made to lead here (DNS rebinding) is served; it must come with the
//! cookie of a session; and where it changes anything, from a page of ours (`Origin`) and with the token of the session. Answers may not
//! be kept, framed, or taken for anything else than they are, and may load nothing from elsewhere.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use std::time::Instant;

use crate::desk::Erased;
use crate::fault::Fault;
use crate::fields::{Fields, Form};
use crate::page::Visitor;
use crate::secret;
use crate::words::{Language, accepted, words};
use crate::workspace::{Workspace, held};

/// What a page may load: what comes from here. Without `worker-src` scripts that run beside a page could come from where its own do.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; worker-src 'none'";

/// Another policy than [`POLICY`] for an answer that carries it in its extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy(pub(crate) &'static str);

impl Policy {
    /// A page on which a PDF document is drawn: what takes it apart is a script that runs beside the page.
    pub(crate) const DRAWING: Self = Self(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'; worker-src 'self'",
    );
    /// That script itself: it is given a document that may be hostile. It may take the rest of itself from here, and ask nobody anything.
    pub(crate) const WORKER: Self =
        Self("default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'");
    /// A document as it was received: wherever it is opened, it is nobody's page, runs nothing and loads nothing.
    pub(crate) const ORIGINAL: Self = Self("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox");
}

/// The headers of every answer.
pub(crate) const HEADERS: [(HeaderName, &str); 10] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Nobody else is told where somebody was. Not `no-referrer`: with it browsers send our own forms with `Origin: null`.
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "none"),
];

/// The header that brings the token of a session where no form does.
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
/// The field of a form that brings it. Of a form with files it must be the first.
pub(crate) const FIELD: &str = "csrf";
/// The longest form without files.
pub(crate) const FORM: usize = 64 << 10;
/// How much of a form with files is looked at for the token.
const HEAD: usize = 4 << 10;

/// Lets a request through, or not, and sees to the headers of the answer.
pub(crate) async fn guard(State(workspace): State<Workspace>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let is_head = request.method() == Method::HEAD;
    let (visitor, answer) = checked(&workspace, request, next).await;
    let mut response = match answer {
        Ok(response) => match response.extensions().get::<Fault>().cloned() {
            Some(fault) => {
                let mut page = crate::page::fault(&workspace, &visitor, &fault, is_api);
                // How else it can be asked, which the router knows.
                let allow = response.headers().get(header::ALLOW).cloned();
                page.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
                page
            }
            None => response,
        },
        Err(fault) => crate::page::fault(&workspace, &visitor, &fault, is_api),
    };
    if is_head {
        *response.body_mut() = Body::empty();
    }
    let policy = response.extensions().get::<Policy>().copied();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(Policy(policy)) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    response
}

/// The one value of a header; none where it is missing, there twice, or no text.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// The value of our cookie.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}

async fn checked(workspace: &Workspace, mut request: Request, next: Next) -> (Visitor, Result<Response, Fault>) {
    let asked = one(request.headers(), &header::ACCEPT_LANGUAGE).map_or(Language::En, accepted);
    let mut visitor = Visitor::stranger(asked);
    let host = one(request.headers(), &header::HOST).map(str::to_owned);
    let Some(host) = host.filter(|host| workspace.hosts.contains(host)) else {
        return (visitor, Err(Fault::Host));
    };
    if request.uri().authority().is_some_and(|authority| authority.as_str() != host) {
        return (visitor, Err(Fault::Host));
    }
    if let Err(fault) = origin(&request, &host) {
        return (visitor, Err(fault));
    }
    let path = request.uri().path();
    // What pages look like is no secret.
    if path.starts_with("/look/") {
        return (visitor, Ok(next.run(request).await));
    }
    let now = Instant::now();
    let cookie = cookie(request.headers(), &workspace.cookie).map(str::to_owned);
    let session = cookie.and_then(|cookie| held(&workspace.sessions).of(&cookie, now).map(|session| (cookie, session)));
    let token = Fields::parse(request.uri().query().unwrap_or_default().as_bytes()).one("token").map(str::to_owned);
    if let (None, Some(token), "/", &Method::GET) = (&session, token, path, request.method()) {
        return (visitor, enter(workspace, &token));
    }
    let Some((cookie, session)) = session else { return (visitor, Err(Fault::Stranger)) };
    visitor = Visitor {
        cookie,
        csrf: session.csrf.clone(),
        words: words(session.lang.unwrap_or(asked)),
        path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
    };
    if path != "/events" {
        workspace.touch();
    }
    if request.method() == Method::POST {
        request = match with_token(request, &session.csrf).await {
            Ok(request) => request,
            Err(fault) => return (visitor, Err(fault)),
        };
    }
    request.extensions_mut().insert(visitor.clone());
    let response = next.run(request).await;
    (visitor, Ok(response))
}

/// A request that changes something has to come from a page of ours; no other page may load anything from here.
fn origin(request: &Request, host: &str) -> Result<(), Fault> {
    let site = one(request.headers(), &HeaderName::from_static("sec-fetch-site"));
    let mode = one(request.headers(), &HeaderName::from_static("sec-fetch-mode"));
    let is_ours = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    match *request.method() {
        Method::GET | Method::HEAD if is_ours || mode == Some("navigate") => Ok(()),
        Method::POST if is_ours => {
            let from = one(request.headers(), &header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
            if from == Some(host) { Ok(()) } else { Err(Fault::Forged) }
        }
        // Nothing takes other methods: the router says so, and what there is instead.
        _ if is_ours && !matches!(*request.method(), Method::GET | Method::HEAD | Method::POST) => Ok(()),
        _ => Err(Fault::Forged),
    }
}

/// Opens a session for whoever has the word of a link.
fn enter(workspace: &Workspace, token: &str) -> Result<Response, Fault> {
    let entered = held(&workspace.sessions).enter(token, Instant::now());
    let cookie = entered.map_err(|_| Fault::Failed)?.ok_or(Fault::Stranger)?;
    let cookie = format!("{}={cookie}; Path=/; HttpOnly; SameSite=Strict", workspace.cookie);
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/".to_owned()), (header::SET_COOKIE, cookie)]).into_response())
}

/// Checks that a change brings the token of the session, in a header or in its form.
async fn with_token(request: Request, csrf: &str) -> Result<Request, Fault> {
    let by_header =
        request.headers().get(&TOKEN).map(|value| value.to_str().is_ok_and(|word| secret::same(word, csrf)));
    if by_header == Some(false) {
        return Err(Fault::Forged);
    }
    let kind = one(request.headers(), &header::CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let (mut parts, body) = request.into_parts();
    if kind.starts_with("application/x-www-form-urlencoded") {
        let bytes = to_bytes(body, FORM).await.map_err(|_| Fault::TooLong)?;
        // There may be a passphrase in it.
        let bytes = Erased::new(Vec::from(bytes));
        let fields = Fields::parse(&bytes);
        let by_form = fields.one(FIELD).is_some_and(|word| secret::same(word, csrf));
        if !by_form && by_header.is_none() {
            return Err(Fault::Forged);
        }
        parts.extensions.insert(Form(fields));
        return Ok(Request::from_parts(parts, Body::empty()));
    }
    if by_header == Some(true) {
        return Ok(Request::from_parts(parts, body));
    }
    if !kind.starts_with("multipart/form-data") {
        return Err(Fault::Forged);
    }
    let (head, body) = peeked(body).await?;
    if !first_field(&head).is_some_and(|word| secret::same(&word, csrf)) {
        return Err(Fault::Forged);
    }
    Ok(Request::from_parts(parts, body))
}

/// The beginning of a body, and the body as it was.
async fn peeked(body: Body) -> Result<(Vec<u8>, Body), Fault> {
    let mut stream = body.into_data_stream();
    let mut head: Vec<u8> = Vec::new();
    while head.len() < HEAD {
        match stream.next().await {
            Some(Ok(more)) => head.extend_from_slice(&more),
            Some(Err(_)) => return Err(Fault::TooLong),
            None => break,
        }
    }
    let first = futures_util::stream::iter([Ok(Bytes::from(head.clone()))]);
    Ok((head, Body::from_stream(first.chain(stream))))
}

/// The value of the token's field, where that is the first of a form with files.
fn first_field(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head.get(..HEAD.min(head.len()))?).into_owned();
    let (top, rest) = head.split_once("\r\n\r\n")?;
    let named = top.split(';').any(|part| part.trim() == format!("name=\"{FIELD}\"").as_str());
    let value = rest.split_once("\r\n")?.0;
    named.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_form_with_files_is_its_first_field() {
        let form = |name: &str| {
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nword\r\n--b\r\nContent-Disposition: …"
            )
        };
        assert_eq!(first_field(form("csrf").as_bytes()).as_deref(), Some("word"));
        assert_eq!(first_field(form("other").as_bytes()), None);
        assert_eq!(first_field(b""), None);
    }
}
