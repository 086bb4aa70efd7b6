//! Mail messages (RFC 5322, MIME): the headers that people read, what the sender wrote apart from what is quoted, the attachments as
//! documents of their own.
//!
//! A reader of our own: its time is linear and its depth bounded whatever the mail is, and every byte that is not read is told of.

pub(super) mod body;
mod date;
mod decode;
mod mime;
mod smime;
mod words;

use std::collections::HashSet;

use crate::encoding::Decoded;
use crate::rendition::{Limits, Refusal, Remark, RemarkKind, Rendition, Role, Writer};

use super::budget::{Inside, TOO_MUCH};
use body::Wrapped;
use date::Stamp;
pub(super) use decode::{base64, charset, one_line, unescaped};
use mime::{Entity, Headers, Message, Valued};

/// The headers that stand in the text; the subject is its title.
const SHOWN: [&str; 9] = ["from", "sender", "reply-to", "to", "cc", "bcc", "date", "subject", "resent-from"];

/// The headers that are kept beside the text, and how many of each.
const KEPT: [(&str, usize); 17] = [
    ("Message-ID", 1),
    ("In-Reply-To", 1),
    ("References", 1),
    ("Date", 1),
    ("Thread-Topic", 1),
    ("Return-Path", 1),
    ("Delivered-To", 4),
    ("X-Original-To", 4),
    ("Received", 30),
    ("DKIM-Signature", 4),
    ("Authentication-Results", 4),
    ("X-Originating-IP", 1),
    ("X-Mailer", 1),
    ("User-Agent", 1),
    ("List-Id", 1),
    ("Auto-Submitted", 1),
    ("Importance", 1),
];

/// The longest header that is kept or shown (bytes).
const LONGEST_HEADER: usize = 8_000;

/// The same header more often than this is not shown.
const MOST_SHOWN: usize = 5;

/// Pictures in the running text of fewer bytes are the sender's logo, buttons or a counter.
pub(super) const SMALL_PICTURE: usize = 16 << 10;

/// Why such pictures were left out.
pub(super) const SMALL_PICTURES: &str = "Small pictures that the text of the mail shows were not read";

/// A signature is no more than bytes here.
pub(super) const SIGNED: &str = "The mail is signed; the signature was not checked";

/// Signatures around signatures; two are rare.
const MOST_WRAPPED: usize = 4;

/// Two days: no mail is longer on its way to the first server than this, but where its date is wrong.
const LONG_ON_ITS_WAY: i64 = 2 * 1440;

/// Reads a mail.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let message = mime::parse(bytes);
    let Some(first) = message.entities.first().filter(|first| !first.headers.is_empty()) else {
        return Err(Refusal::Damaged("it has no headers".to_owned()));
    };
    let mut reader = Reader::new(&message, limits);
    reader.headers(&first.headers);
    reader.show(0);
    reader.say_what_is_missing();
    let mut rendition = reader.writer.finish();
    reader.inside.finish_into(&mut rendition);
    rendition.about.encoding = reader.encoding;
    Ok(rendition)
}

/// Writes the lines of a header as they stand; the subject is the title.
pub(super) fn header_line(writer: &mut Writer, name: &str, value: &str) {
    writer.push(name);
    writer.push(":");
    if name.eq_ignore_ascii_case("subject") {
        writer.end_here(Role::Boilerplate);
        writer.push(" ");
        writer.push(value);
        writer.end(Role::Title);
    } else {
        writer.push(" ");
        writer.push(value);
        writer.end(Role::TableRow);
    }
}

/// Looks at what a mail says of its own date: the day for the text, and a remark where it cannot be.
pub(super) fn dated(writer: &mut Writer, date: Option<&str>, first_received: Option<&str>) {
    let Some(written) = date else { return };
    let Some(stamp) = Stamp::read(written) else {
        return writer.remark(
            RemarkKind::Strange,
            format!("The date of the mail cannot be read: “{}”", cut(written, 80)),
            None,
        );
    };
    if !stamp.is_plausible() {
        return writer.remark(
            RemarkKind::Strange,
            format!("The mail bears the date {}, which cannot be right", stamp.day),
            None,
        );
    }
    writer.rendition.about.date = Some(stamp.day);
    let Some(received) = first_received.and_then(|r| Stamp::read(r.rsplit(';').next().unwrap_or(r))) else { return };
    if (received.minutes - stamp.minutes).abs() > LONG_ON_ITS_WAY {
        let what = format!("The mail bears the date {}, but the first server took it on {}", stamp.day, received.day);
        writer.remark(RemarkKind::Strange, what, None);
    }
}

struct Reader<'a> {
    message: &'a Message<'a>,
    limits: Limits,
    writer: Writer,
    inside: Inside,
    /// The character set of header lines that are not ASCII.
    label: Option<String>,
    /// The encoding of the first text.
    encoding: Option<String>,
    /// The pictures that a page of the mail shows, by their ids.
    cids: HashSet<String>,
    /// How many signatures the mail was wrapped into.
    wrapped: usize,
}

/// What an entity is for, as far as its headers say.
struct Use {
    name: Option<String>,
    attached: bool,
}

impl<'a> Reader<'a> {
    fn new(message: &'a Message<'a>, limits: Limits) -> Self {
        Self {
            message,
            limits,
            writer: Writer::new(),
            inside: Inside::new(limits),
            label: raw_label(message),
            encoding: None,
            cids: HashSet::new(),
            wrapped: 0,
        }
    }

    fn headers(&mut self, headers: &Headers<'_>) {
        let mut counts = [0_usize; SHOWN.len()];
        for (name, raw) in headers.iter() {
            let name = String::from_utf8_lossy(name);
            let Some(at) = SHOWN.iter().position(|shown| name.eq_ignore_ascii_case(shown)) else { continue };
            if raw.len() > LONGEST_HEADER {
                let what = format!("The header “{name}” is longer than is read; its end was left out");
                self.writer.remark(RemarkKind::Limit, what, None);
            }
            let value = self.header(raw);
            let Some(count) = counts.get_mut(at) else { continue };
            *count += 1;
            if *count <= MOST_SHOWN && !value.is_empty() {
                header_line(&mut self.writer, &name, &value);
            }
        }
        for (name, count) in SHOWN.iter().zip(counts) {
            // Some programs write "To" again for each address.
            if count > 1 && matches!(*name, "from" | "date" | "subject" | "sender" | "reply-to") {
                let what = format!("The header “{name}” stands {count} times");
                self.writer.remark(RemarkKind::Strange, what, None);
            }
        }
        if headers.cut {
            self.writer.remark(RemarkKind::Limit, "The mail has more header lines than are read", None);
        }
        let value = |name: &str| headers.get(name).map(|raw| self.header(raw)).filter(|v| !v.is_empty());
        let (title, author, date) = (value("subject"), value("from"), value("date"));
        let first_received = headers.all("received").last().map(|raw| self.header(raw));
        let mut more = Vec::new();
        for (name, most) in KEPT {
            let values = headers.all(name).take(most).map(|raw| self.header(raw));
            more.extend(values.filter(|v| !v.is_empty()).map(|value| (name.to_owned(), value)));
        }
        let about = &mut self.writer.rendition.about;
        (about.title, about.author, about.more) = (title, author, more);
        dated(&mut self.writer, date.as_deref(), first_received.as_deref());
    }

    fn header(&self, raw: &[u8]) -> String {
        decode::header(raw.get(..raw.len().min(LONGEST_HEADER)).unwrap_or_default(), self.label.as_deref())
    }

    fn entity(&self, id: usize) -> Option<&'a Entity<'a>> {
        self.message.entities.get(id)
    }

    /// Writes an entity and what is in it. The depth is bounded by how deep entities are told apart.
    fn show(&mut self, id: usize) {
        let Some(entity) = self.entity(id) else { return };
        let kind = entity.kind.value.as_str();
        if entity.children.is_empty() {
            return self.leaf(id);
        }
        match kind {
            "multipart/alternative" => self.alternative(entity),
            "multipart/signed" => {
                if let Some((first, rest)) = entity.children.split_first() {
                    self.show(*first);
                    self.writer.remark(RemarkKind::Strange, SIGNED, None);
                    // The signature itself; anything more is a part like others.
                    rest.iter().skip(1).for_each(|child| self.show(*child));
                }
            }
            "multipart/encrypted" => self.encrypted("OpenPGP"),
            "multipart/related" => self.related(entity),
            _ => entity.children.iter().for_each(|child| self.show(*child)),
        }
    }

    fn encrypted(&mut self, how: &str) {
        let what = format!("A part of the mail is encrypted ({how}); its words were not read");
        self.writer.remark(RemarkKind::NotRead, what, None);
    }

    /// A page with its pictures: the page first, whichever stands first.
    fn related(&mut self, entity: &Entity<'_>) {
        let root = entity.kind.plain("start").and_then(|start| {
            entity
                .children
                .iter()
                .copied()
                .find(|child| self.content_id(*child).is_some_and(|id| id == bare_id(&start)))
        });
        let root = root.or_else(|| entity.children.first().copied());
        root.into_iter().for_each(|root| self.show(root));
        for child in &entity.children {
            if Some(*child) != root {
                self.show(*child);
            }
        }
    }

    fn content_id(&self, id: usize) -> Option<String> {
        let raw = self.entity(id)?.headers.get("content-id")?;
        Some(bare_id(&self.header(raw)))
    }

    /// The same text in several forms: the plain one, where it holds what the page does; else the page.
    fn alternative(&mut self, entity: &Entity<'_>) {
        let children: Vec<usize> = entity.children.clone();
        let kind_of = |id: usize| self.entity(id).map_or("", |e| e.kind.value.as_str());
        let plain = children.iter().copied().find(|c| kind_of(*c) == "text/plain" && !self.usage(*c).attached);
        let page = children.iter().rev().copied().find_map(|c| self.page_in(c));
        let (Some(plain), Some((page, holder))) = (plain, page) else {
            return children.into_iter().for_each(|child| self.show(child));
        };
        let (Some((plain_text, wrapped)), Some((page_text, _))) = (self.text_of(plain), self.text_of(page)) else {
            return;
        };
        let (in_plain, in_page) = (words::of_text(&plain_text.text), words::of_page(&page_text.text));
        let (not_plain, not_page) = (in_page.missing_in(&in_plain), in_plain.missing_in(&in_page));
        let differs = |missing: usize, all: usize| missing * 10 > all * 3;
        self.cids.extend(cids(&page_text.text));
        if !differs(not_plain, in_page.len()) {
            self.plain(&plain_text, wrapped);
        } else if !differs(not_page, in_plain.len()) || in_plain.len() * 5 < in_page.len() {
            // The plain form is a stub or a summary.
            self.page(&page_text);
        } else {
            self.plain(&plain_text, wrapped);
            let what =
                "The mail holds its text twice, and the two differ in their words; the page is a document of its own";
            self.writer.remark(RemarkKind::Strange, what, None);
            self.attach_as(page, "alternative.html");
        }
        for child in children {
            if child == plain || child == page {
                continue;
            }
            if child == holder {
                let others = self.entity(child).map(|e| e.children.clone()).unwrap_or_default();
                others.into_iter().filter(|c| *c != page).for_each(|c| self.show(c));
            } else if matches!(
                self.entity(child).map(|e| e.kind.value.as_str()),
                Some("text/x-amp-html" | "text/watch-html")
            ) {
                // The same text again, for one mail program.
            } else {
                self.show(child);
            }
        }
    }

    /// The HTML page that a form of the text is, or holds beside its pictures; and the child that it stands in.
    fn page_in(&self, id: usize) -> Option<(usize, usize)> {
        let entity = self.entity(id)?;
        match entity.kind.value.as_str() {
            "text/html" => Some((id, id)),
            "multipart/related" | "multipart/mixed" => {
                let is_page = |c: &usize| self.entity(*c).is_some_and(|e| e.kind.value == "text/html");
                entity.children.iter().copied().find(is_page).map(|page| (page, id))
            }
            _ => None,
        }
    }

    fn usage(&self, id: usize) -> Use {
        let Some(entity) = self.entity(id) else { return Use { name: None, attached: false } };
        let disposition = entity.headers.get("content-disposition").map(Valued::read).unwrap_or_default();
        let name = disposition
            .words("filename", self.label.as_deref())
            .or_else(|| entity.kind.words("name", self.label.as_deref()));
        Use { name, attached: disposition.value == "attachment" }
    }

    /// The content of a leaf with its encoding undone.
    fn content(&mut self, id: usize) -> Option<Vec<u8>> {
        let entity = self.entity(id)?;
        let encoding = entity.headers.get("content-transfer-encoding").map(|raw| Valued::read(raw).value);
        let undone = match encoding.as_deref().unwrap_or_default() {
            "base64" => base64(entity.body),
            "quoted-printable" => decode::quoted_printable(entity.body),
            "" | "7bit" | "8bit" | "binary" | "none" => return Some(entity.body.to_vec()),
            other => {
                let what = format!("A part of the mail is encoded in a way that is not read (“{}”)", cut(other, 40));
                self.writer.remark(RemarkKind::NotRead, what, Some(place(id)));
                return Some(entity.body.to_vec());
            }
        };
        if undone.odd > 0 {
            let what = format!("Bytes that do not belong into the encoding of a part: {}", undone.odd);
            self.writer.remark(RemarkKind::Damaged, what, Some(place(id)));
        }
        Some(undone.bytes)
    }

    /// The text of a leaf.
    fn text_of(&mut self, id: usize) -> Option<(Decoded, Wrapped)> {
        let bytes = self.content(id)?;
        let entity = self.entity(id)?;
        let label = entity.kind.plain("charset");
        if let Some(label) = label.as_deref().filter(|l| !decode::is_known(l)) {
            let what =
                format!("The character set “{}” is not known; what it is was told by the letters", cut(label, 40));
            self.writer.remark(RemarkKind::Strange, what, Some(place(id)));
        }
        let mut decoded = if label.is_none() && entity.kind.value == "text/html" {
            super::html::decode(&bytes)
        } else {
            charset(&bytes, label.as_deref())
        };
        let remarks = super::html::damage(&decoded).map(|r| Remark { place: Some(place(id)), ..r });
        self.writer.rendition.remarks.extend(remarks);
        decoded.damage.clear();
        let flowed = entity.kind.plain("format").is_some_and(|f| f.eq_ignore_ascii_case("flowed"));
        let delete_space = entity.kind.plain("delsp").is_some_and(|f| f.eq_ignore_ascii_case("yes"));
        Some((decoded, Wrapped { flowed, delete_space }))
    }

    /// Says where a text is longer than is read; gives what is.
    fn bounded<'t>(&mut self, text: &'t str) -> &'t str {
        let left = self.limits.text.saturating_sub(self.writer.at());
        if text.len() > left {
            self.writer.remark(RemarkKind::Limit, "The mail is longer than is read; its end was left out", None);
        }
        text.get(..text.floor_char_boundary(left.min(text.len()))).unwrap_or_default()
    }

    fn plain(&mut self, decoded: &Decoded, wrapped: Wrapped) {
        self.encoding.get_or_insert_with(|| decoded.encoding.to_owned());
        let text = self.bounded(&decoded.text);
        if text.lines().any(|line| line == "-----BEGIN PGP MESSAGE-----") {
            self.encrypted("OpenPGP");
        }
        if text.lines().any(|line| line == "-----BEGIN PGP SIGNED MESSAGE-----") {
            self.writer.remark(RemarkKind::Strange, SIGNED, None);
        }
        body::plain(&mut self.writer, text, wrapped);
    }

    fn page(&mut self, decoded: &Decoded) {
        self.encoding.get_or_insert_with(|| decoded.encoding.to_owned());
        let longest = self.limits.text.saturating_sub(self.writer.at());
        self.writer.append(body::page(&decoded.text, longest));
    }

    fn leaf(&mut self, id: usize) {
        let Some(entity) = self.entity(id) else { return };
        let usage = self.usage(id);
        let kind = entity.kind.value.as_str();
        if entity.deep {
            self.writer.remark(RemarkKind::Limit, "Parts lie deeper in each other than is read", Some(place(id)));
            return;
        }
        let shown = !usage.attached && usage.name.is_none();
        match kind {
            "text/plain" | "text" if shown => {
                if let Some((decoded, wrapped)) = self.text_of(id) {
                    self.plain(&decoded, wrapped);
                }
            }
            "text/html" if shown => {
                if let Some((decoded, _)) = self.text_of(id) {
                    self.cids.extend(cids(&decoded.text));
                    self.page(&decoded);
                }
            }
            "message/delivery-status" | "message/disposition-notification" | "text/rfc822-headers" => {
                if let Some((decoded, _)) = self.text_of(id) {
                    for line in self.bounded(&decoded.text).to_owned().lines() {
                        self.writer.push(line);
                        self.writer.end(Role::TableRow);
                    }
                }
            }
            "message/partial" | "message/external-body" => {
                let what = "The mail is only a piece of a message, or points to one that is kept elsewhere";
                self.writer.remark(RemarkKind::NotRead, what, Some(place(id)));
            }
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                match self.content(id).as_deref().and_then(smime::signed) {
                    Some(signed) => self.signed(&signed),
                    None => self.encrypted("S/MIME"),
                }
            }
            "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {
                self.writer.remark(RemarkKind::Strange, SIGNED, None);
            }
            "application/pgp-encrypted" => self.encrypted("OpenPGP"),
            "application/ms-tnef" | "application/vnd.ms-tnef" => self.tnef(),
            _ if usage.name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case("winmail.dat")) => self.tnef(),
            _ if kind.starts_with("multipart/") => {
                let what = "A part of the mail should hold others, but where they begin is not to be told";
                self.writer.remark(RemarkKind::Damaged, what, Some(place(id)));
                if let Some((decoded, wrapped)) = self.text_of(id) {
                    self.plain(&decoded, wrapped);
                }
            }
            _ => self.attach(id, usage),
        }
    }

    /// A mail that is wrapped into its own signature.
    fn signed(&mut self, inner: &[u8]) {
        self.writer.remark(RemarkKind::Strange, SIGNED, None);
        if self.wrapped >= MOST_WRAPPED || !self.inside.take(inner.len() as u64) {
            return self.writer.remark(RemarkKind::Limit, "Signatures lie deeper in each other than is read", None);
        }
        let message = mime::parse(inner);
        let mut reader = Reader {
            writer: std::mem::take(&mut self.writer),
            inside: std::mem::replace(&mut self.inside, Inside::new(self.limits)),
            encoding: self.encoding.take(),
            wrapped: self.wrapped + 1,
            ..Reader::new(&message, self.limits)
        };
        reader.show(0);
        reader.say_what_is_missing();
        let Reader { writer, inside, encoding, .. } = reader;
        (self.writer, self.inside, self.encoding) = (writer, inside, encoding);
    }

    fn tnef(&mut self) {
        let what = "Outlook packed a part of the mail in its own way (TNEF, “winmail.dat”); what is in it was not read";
        self.writer.remark(RemarkKind::NotRead, what, None);
    }

    fn attach(&mut self, id: usize, usage: Use) {
        let Some(entity) = self.entity(id) else { return };
        let kind = entity.kind.value.as_str();
        if kind.starts_with("image/")
            && entity.body.len() < SMALL_PICTURE
            && self.content_id(id).is_some_and(|id| self.cids.contains(&id))
        {
            let name = usage.name.unwrap_or_else(|| kind.to_owned());
            return self.inside.leave_out(RemarkKind::NotRead, SMALL_PICTURES, &name);
        }
        let name = usage.name.unwrap_or_else(|| self.unnamed(id));
        self.attach_as(id, &name);
    }

    fn attach_as(&mut self, id: usize, name: &str) {
        let Some(entity) = self.entity(id) else { return };
        if entity.body.len() as u64 > self.inside.left().saturating_mul(2) || self.inside.is_full() {
            return self.inside.leave_out(RemarkKind::Limit, TOO_MUCH, name);
        }
        if let Some(bytes) = self.content(id) {
            self.inside.add_counted(name, Some(&entity.kind.value), bytes);
        }
    }

    /// A name for an attachment without one: the subject of a mail, or its number.
    fn unnamed(&self, id: usize) -> String {
        let Some(entity) = self.entity(id) else { return String::new() };
        let number = format!("part-{id}");
        match entity.kind.value.as_str() {
            "message/rfc822" | "message/global" => {
                let subject = Headers::read(entity.body).0.get("subject").map(|raw| self.header(raw));
                format!("{}.eml", subject.filter(|s| !s.is_empty()).unwrap_or(number))
            }
            "text/calendar" => format!("{number}.ics"),
            "text/plain" => format!("{number}.txt"),
            "text/html" => format!("{number}.html"),
            _ => number,
        }
    }

    /// Ends that never came, and more parts than are told apart.
    fn say_what_is_missing(&mut self) {
        let open = self.message.entities.iter().filter(|e| e.open).count();
        if open > 0 {
            let what = "The mail ends before the end that it announces: it was cut, or put together carelessly";
            self.writer.remark(RemarkKind::Damaged, what, None);
        }
        if self.message.cut {
            self.writer.remark(RemarkKind::Limit, "The mail has more parts than are read", None);
        }
    }
}

/// Which part of a mail, for a remark.
fn place(id: usize) -> String {
    format!("part {id}")
}

/// A content id without its brackets.
fn bare_id(id: &str) -> String {
    id.trim().trim_matches(['<', '>']).to_owned()
}

/// The ids of the pictures that a page shows.
fn cids(page: &str) -> impl Iterator<Item = String> {
    page.split("cid:").skip(1).take(1000).map(|rest| {
        let end = rest.find(['"', '\'', ')', ' ', '>', '<', '\n']).unwrap_or(rest.len()).min(200);
        rest.get(..rest.floor_char_boundary(end)).unwrap_or_default().to_owned()
    })
}

fn cut(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest.min(text.len()))).unwrap_or_default()
}

/// The character set of the bytes in header lines that are not ASCII: that of the text, where it names one; else as all these bytes
/// together tell.
fn raw_label(message: &Message<'_>) -> Option<String> {
    const ENOUGH: usize = 4000;
    let mut raw = Vec::new();
    for (_, value) in message.entities.iter().take(100).flat_map(|entity| entity.headers.iter()) {
        if !value.is_ascii() && raw.len() < ENOUGH {
            raw.extend_from_slice(value);
        }
    }
    if raw.is_empty() || std::str::from_utf8(&raw).is_ok() {
        return None;
    }
    let named = message.entities.iter().take(100).find_map(|entity| entity.kind.plain("charset"));
    let named = named.filter(|label| crate::encoding::from_label(label).is_some());
    named.or_else(|| Some(charset(&raw, None).encoding.to_owned()))
}

/// A page that was saved as a mail is: its root and the other parts.
pub(super) struct Related {
    /// The page, decoded.
    pub page: Option<Decoded>,
    pub others: Vec<Other>,
    /// Where it is from and when it was saved.
    pub more: Vec<(String, String)>,
    pub remarks: Vec<Remark>,
}

/// A part beside a saved page.
pub(super) struct Other {
    pub name: String,
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// Takes a saved page apart.
pub(super) fn related(bytes: &[u8]) -> Related {
    let message = mime::parse(bytes);
    let mut reader = Reader::new(&message, Limits::default());
    let is_page = |e: &Entity<'_>| matches!(e.kind.value.as_str(), "text/html" | "application/xhtml+xml");
    let start = message.entities.first().and_then(|first| first.kind.plain("start")).map(|start| bare_id(&start));
    let ids = 0..message.entities.len();
    let root = ids
        .clone()
        .find(|id| start.is_some() && reader.content_id(*id) == start)
        .or_else(|| ids.clone().find(|id| message.entities.get(*id).is_some_and(is_page)));
    let page = root.and_then(|root| reader.text_of(root)).map(|(decoded, _)| decoded);
    let mut others = Vec::new();
    for id in ids {
        let Some(entity) = message.entities.get(id) else { break };
        if Some(id) == root || !entity.children.is_empty() || entity.kind.value.starts_with("multipart/") {
            continue;
        }
        let location = entity.headers.get("content-location").map(|raw| reader.header(raw));
        let name = location.or_else(|| reader.usage(id).name).unwrap_or_else(|| reader.unnamed(id));
        let kind = entity.kind.value.clone();
        let wanted = super::mhtml::is_document(&kind);
        let bytes = if wanted { reader.content(id).unwrap_or_default() } else { Vec::new() };
        others.push(Other { name, kind, bytes });
    }
    let mut more = Vec::new();
    for name in ["Snapshot-Content-Location", "Content-Location", "Subject", "Date"] {
        let value = message.entities.first().and_then(|first| first.headers.get(name)).map(|raw| reader.header(raw));
        more.extend(value.filter(|v| !v.is_empty()).map(|value| (name.to_owned(), value)));
    }
    reader.say_what_is_missing();
    Related { page, others, more, remarks: reader.writer.rendition.remarks }
}

/// Writes headers that are kept apart from their mail; false where they are none.
pub(super) fn headers(writer: &mut Writer, raw: &str) -> bool {
    let message = mime::parse(raw.trim_start().as_bytes());
    let Some(first) = message.entities.first().filter(|first| first.headers.get("from").is_some()) else {
        return false;
    };
    let mut reader = Reader::new(&message, Limits::default());
    reader.headers(&first.headers);
    let seen = reader.writer.finish();
    writer.rendition.about = seen.about.clone();
    writer.append(seen);
    true
}

/// The subject of a mail.
pub(super) fn subject(message: &[u8]) -> Option<String> {
    let raw = Headers::read(message).0.get("subject")?;
    let label = (!raw.is_ascii()).then(|| raw_label(&mime::parse(message))).flatten();
    Some(decode::header(raw.get(..raw.len().min(LONGEST_HEADER))?, label.as_deref())).filter(|s| !s.is_empty())
}

/// Where the body of a mail begins, and how long its headers say that it is.
pub(super) fn content_length(message: &[u8]) -> Option<(usize, usize)> {
    let (headers, body) = Headers::read(message);
    let length = headers.get("content-length")?;
    Some((message.len() - body.len(), std::str::from_utf8(length.trim_ascii()).ok()?.parse().ok()?))
}
