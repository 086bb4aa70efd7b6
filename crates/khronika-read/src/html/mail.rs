//! What mail programs name in the markup of the messages that they write: quoted mails and signatures.

use super::dom::{Dom, Id};
use crate::rendition::Role;

/// Classes and ids around a quoted or forwarded mail: Gmail, Yahoo, Thunderbird, Outlook, Apple Mail, ProtonMail, mail.ru, Yandex.
const QUOTES: [&str; 14] = [
    "gmail_quote",
    "gmail_attr",
    "gmail_extra",
    "yahoo_quoted",
    "moz-cite-prefix",
    "moz-forward-container",
    "divrplyfwdmsg",
    "outlookmessageheader",
    "applemailquote",
    "protonmail_quote",
    "zmail_extra",
    "mail-quote-collapse",
    "yandex_quote",
    "reply_quote",
];

/// Classes and ids of signatures.
const SIGNATURES: [&str; 5] = [
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
    let named = |list: &[&str]| {
        ["class", "id"].iter().filter_map(|a| dom.attribute(id, a)).flat_map(str::split_whitespace).any(|name| {
            list.iter().any(|known| {
                name.eq_ignore_ascii_case(known)
                    // Programs that show mail put a prefix of their own before what they show.
                    || name.strip_prefix("x_").is_some_and(|rest| rest.eq_ignore_ascii_case(known))
            })
        })
    };
    if named(&QUOTES) {
        Some(Role::Quote)
    } else if named(&SIGNATURES) {
        Some(Role::Signature)
    } else {
        None
    }
}
