//! What mail programs name in the markup of the messages that they write: quoted mails and signatures.

use super::dom::{Dom, Id};
use crate::rendition::Role;

/// Classes and ids around a quoted or forwarded mail: Gmail, Yahoo, Thunderbird, Outlook, Apple Mail, ProtonMail, mail.ru, Yandex.
const QUOTES: [&str; 10] = [
    "gmail_quote",
    "gmail_extra",
    "yahoo_quoted",
    "moz-forward-container",
    "applemailquote",
    "protonmail_quote",
    "zmail_extra",
    "mail-quote-collapse",
    "yandex_quote",
    "reply_quote",
];

/// Classes and ids around the lines that say whose mail is quoted below, and when it was written.
const HEADS: [&str; 4] = ["gmail_attr", "moz-cite-prefix", "divrplyfwdmsg", "outlookmessageheader"];

/// Classes and ids of signatures.
const SIGNATURES: [&str; 6] = [
    "signature",
    "gmail_signature",
    "moz-signature",
    "protonmail_signature_block",
    "applemailsignature",
    "ms-outlook-mobile-signature",
];

/// What the element is by its name, where it has one that mail programs give.
pub(super) fn role(dom: &Dom, id: Id) -> Option<Role> {
    if dom.name(id) == "blockquote" {
        return Some(Role::Quote);
    }
    if is_named(dom, id, &HEADS) {
        Some(Role::Header)
    } else if is_named(dom, id, &QUOTES) {
        Some(Role::Quote)
    } else if is_named(dom, id, &SIGNATURES) {
        Some(Role::Signature)
    } else {
        None
    }
}

/// True for the head of a quoted mail that is not around what it heads but before it.
pub(super) fn is_head_before(dom: &Dom, id: Id) -> bool {
    is_named(dom, id, &["divrplyfwdmsg", "outlookmessageheader"])
}

fn is_named(dom: &Dom, id: Id, list: &[&str]) -> bool {
    ["class", "id"].iter().filter_map(|a| dom.attribute(id, a)).flat_map(str::split_whitespace).any(|name| {
        list.iter().any(|known| {
            name.eq_ignore_ascii_case(known)
                // Programs that show mail put a prefix of their own before what they show.
                || name.strip_prefix("x_").is_some_and(|rest| rest.eq_ignore_ascii_case(known))
        })
    })
}
