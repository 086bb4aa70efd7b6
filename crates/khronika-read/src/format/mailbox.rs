//! Mailboxes (RFC 4155 and its elder kin): messages one behind the other, each after a line that begins with "From ".
//!
//! A line of a message that begins so has a ">" put before it, or the length of the message stands in its headers; which of the two, the
//! mailbox does not say. Here a message ends where the length says if another begins there, else at the next line that looks like such a
//! line and has header lines behind it.

use crate::rendition::{Limits, Refusal, RemarkKind, Rendition};

use super::budget::{Inside, LONGEST_MEMBER, TOO_LONG};
use super::mail::{content_length, subject};

const MARK: &[u8] = b"From ";

/// Reads a mailbox.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    if !begins(bytes, 0, true) {
        return Err(Refusal::Damaged("no message begins where the first should".to_owned()));
    }
    let mut inside = Inside::new(limits);
    let mut number = 0_u64;
    let mut at = 0;
    while at < bytes.len() {
        let line_end = memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |n| at + n + 1);
        let (end, quoted) = match by_length(bytes, line_end) {
            Some(end) => (end, false),
            None => (next(bytes, line_end), true),
        };
        number += 1;
        let message = bytes.get(line_end..end).unwrap_or_default();
        at = end;
        if message.trim_ascii().is_empty() {
            continue;
        }
        let name = match subject(message) {
            Some(subject) => format!("{number:04} {subject}.eml"),
            None => format!("{number:04}.eml"),
        };
        if message.len() as u64 > LONGEST_MEMBER {
            inside.leave_out(RemarkKind::Limit, TOO_LONG, &name);
        } else if inside.is_full() {
            inside.add(&name, None, Vec::new());
        } else {
            inside.add_counted(
                &name,
                Some("message/rfc822"),
                if quoted { unquoted(message) } else { message.to_vec() },
            );
        }
    }
    let (embedded, remarks) = inside.finish();
    Ok(Rendition { embedded, remarks, ..Rendition::default() })
}

/// The end of the message whose headers begin at `from` by the length that it tells; only where that fits.
fn by_length(bytes: &[u8], from: usize) -> Option<usize> {
    let (body, length) = content_length(bytes.get(from..)?)?;
    let end = from.checked_add(body)?.checked_add(length)?;
    let rest = bytes.get(end..)?;
    let blank = rest.len() - rest.trim_ascii_start().len();
    let next = end + blank;
    // A length without a message behind it is one that was never right, or is no more.
    (blank <= 8
        && (next == bytes.len() || (begins(bytes, next, true) && bytes.get(next.wrapping_sub(1)) == Some(&b'\n'))))
    .then_some(next)
}

/// Where the next message begins at or after `from`.
fn next(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from.saturating_sub(1)..).unwrap_or_default();
    for found in memchr::memmem::find_iter(rest, b"\nFrom ") {
        let at = from.saturating_sub(1) + found + 1;
        if at < from {
            continue;
        }
        let before = bytes.get(..at - 1).unwrap_or_default();
        let blank = before.ends_with(b"\n") || before.ends_with(b"\n\r");
        if begins(bytes, at, blank) {
            return at;
        }
    }
    bytes.len()
}

/// True where a message begins at `at`: a line with an hour in it (or nothing at all, as Thunderbird writes it after an empty line), and
/// a header line behind it.
fn begins(bytes: &[u8], at: usize, after_blank: bool) -> bool {
    const LONGEST: usize = 1000;
    let rest = bytes.get(at..bytes.len().min(at.saturating_add(LONGEST))).unwrap_or_default();
    let Some(envelope) = rest.strip_prefix(MARK) else { return false };
    let Some(end) = memchr::memchr(b'\n', envelope) else { return false };
    let (line, after) = (envelope.get(..end).unwrap_or_default(), envelope.get(end + 1..).unwrap_or_default());
    let hour = line.windows(5).any(|w| match w {
        [a, b, b':', c, d] => (a.is_ascii_digit() || *a == b' ') && [b, c, d].into_iter().all(u8::is_ascii_digit),
        _ => false,
    });
    let bare = matches!(line.trim_ascii(), b"" | b"-");
    // A line without an empty one before it must end in a year, as the standard's does.
    let year = line
        .trim_ascii_end()
        .rsplit(|b| *b == b' ')
        .next()
        .is_some_and(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit));
    let told = if after_blank { hour || bare } else { hour && year };
    let name = after.iter().position(|b| *b == b':').and_then(|n| after.get(..n)).unwrap_or_default();
    let header = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic()) || after.starts_with(b">From ");
    told && header
}

/// A message with one ">" taken off the lines that would else begin like a message.
fn unquoted(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len());
    let mut from = 0;
    for found in memchr::memmem::find_iter(message, b">From ") {
        // ">>From " was ">From " before it was quoted.
        let start =
            found - message.get(..found).map_or(0, |head| head.iter().rev().take_while(|b| **b == b'>').count());
        if start > 0 && message.get(start - 1) != Some(&b'\n') {
            continue;
        }
        out.extend_from_slice(message.get(from..start).unwrap_or_default());
        from = start + 1;
    }
    out.extend_from_slice(message.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let seen = parse(text.as_bytes(), Limits::default()).unwrap();
        assert_eq!(seen.remarks, []);
        seen.embedded.into_iter().map(|e| (e.name, String::from_utf8(e.bytes).unwrap())).collect()
    }

    const LINE: &str = "From anna@example.org Tue May  3 10:15:00 2022\n";

    #[test]
    fn lines_that_only_look_like_a_beginning_are_text() {
        let first = "Subject: One\n\nHello,\n\nFrom 2010 to 2020: nothing.\nFrom 10:15 on: nothing either.\n>From here it is quoted.\n\
            >>From twice.\n > From not at all.\n";
        let told = read(&format!("{LINE}{first}\n{LINE}Subject: =?utf-8?Q?Zw=C3=B6lf?=\n\nBye\n"));
        let plain = first.replace(">From here", "From here").replace(">>From", ">From");
        assert_eq!(
            told,
            [
                ("0001 One.eml".into(), format!("{plain}\n")),
                ("0002 Zwölf.eml".into(), "Subject: =?utf-8?Q?Zw=C3=B6lf?=\n\nBye\n".into()),
            ]
        );
    }

    #[test]
    fn a_length_that_fits_is_believed() {
        let body = format!("a\n\n{LINE}X: no message\n");
        let first = format!("Subject: One\nContent-Length: {}\n\n{body}", body.len());
        let told = read(&format!("{LINE}{first}\n{LINE}Subject: Two\nContent-Length: 5\n\nlonger than five\n"));
        assert_eq!(
            told,
            [
                ("0001 One.eml".into(), format!("{first}\n")),
                ("0002 Two.eml".into(), "Subject: Two\nContent-Length: 5\n\nlonger than five\n".into()),
            ]
        );
    }

    #[test]
    fn mailboxes_of_thunderbird_and_of_windows() {
        let told =
            read("From \r\nSubject: One\r\n\r\nx\r\n\r\nFrom - Tue May 03 10:15:00 2022\r\nSubject: Two\r\n\r\ny\r\n");
        assert_eq!(told.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["0001 One.eml", "0002 Two.eml"]);
    }
}
