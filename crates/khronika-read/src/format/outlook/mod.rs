//! Messages saved by Outlook (MS-OXMSG): what a mail is, as properties in a compound file.

mod store;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::encoding::Decoded;
use crate::media::Kind;
use crate::rendition::{Limits, Refusal, RemarkKind, Rendition, Writer};

use super::budget::{Inside, TOO_MUCH};
use super::mail::body::{self, Wrapped};
use super::mail::{self, charset};
use store::{Storage, Store};

/// Kinds of properties.
const UNICODE: u16 = 0x1F;
const ANSI: u16 = 0x1E;
const BINARY: u16 = 0x102;

/// Recipients and attachments that are looked at.
const MOST: usize = 10_000;

/// The longest header that is kept or shown (bytes).
const LONGEST_HEADER: usize = 8_000;

/// Reads a message.
pub(super) fn parse(bytes: &[u8], limits: Limits) -> Result<Rendition, Refusal> {
    let store = Store::open(bytes)?;
    let mut reader = Reader { store, limits, writer: Writer::new(), inside: Inside::new(limits), page: None };
    let root = Storage::root();
    reader.page = reader.code_page(&root);
    if reader.text(&root, 0x001A).is_none()
        && reader.text(&root, 0x0037).is_none()
        && reader.text(&root, 0x1000).is_none()
    {
        return Err(Refusal::Damaged("there is no message in it".to_owned()));
    }
    reader.headers(&root);
    reader.body(&root);
    reader.attachments(&root);
    let Reader { writer, inside, .. } = reader;
    let mut rendition = writer.finish();
    inside.finish_into(&mut rendition);
    Ok(rendition)
}

struct Reader<'a> {
    store: Store<'a>,
    limits: Limits,
    writer: Writer,
    inside: Inside,
    /// The character set of what is not Unicode.
    page: Option<String>,
}

impl Reader<'_> {
    fn code_page(&mut self, message: &Storage) -> Option<String> {
        let number = self.store.number(message, 0x3FFD).or_else(|| self.store.number(message, 0x3FDE))?;
        label(number)
    }

    /// A property that is text.
    fn text(&mut self, of: &Storage, id: u16) -> Option<String> {
        let text = match self.store.raw(of, id, UNICODE) {
            Some(raw) => utf16(&raw),
            None => {
                let raw = self.store.raw(of, id, ANSI)?;
                charset(&raw, self.page.as_deref()).text
            }
        };
        let end = text.find('\0').unwrap_or(text.len());
        text.get(..end).map(str::to_owned).filter(|t| !t.trim().is_empty())
    }

    /// A property of one line.
    fn line(&mut self, of: &Storage, id: u16) -> Option<String> {
        let line = mail::one_line(&self.text(of, id)?);
        let end = line.floor_char_boundary(line.len().min(LONGEST_HEADER));
        line.get(..end).map(str::to_owned)
    }

    /// A person by name and address.
    fn person(&mut self, of: &Storage, name: u16, addresses: [u16; 2]) -> Option<String> {
        let name = self.line(of, name);
        let mut address = None;
        for id in addresses {
            // An address of Exchange's own is none that anybody writes to.
            address = address.or_else(|| self.line(of, id).filter(|a| a.contains('@')));
        }
        match (name, address) {
            (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
            (name, address) => name.or(address),
        }
    }

    fn headers(&mut self, root: &Storage) {
        // As the message went over the wire, where it did.
        if let Some(raw) = self.text(root, 0x007D)
            && mail::headers(&mut self.writer, &raw)
        {
            return;
        }
        let from = self.person(root, 0x0C1A, [0x5D01, 0x0C1F]).or_else(|| self.person(root, 0x0042, [0x5D02, 0x0065]));
        let mut people = [Vec::new(), Vec::new(), Vec::new()];
        for recipient in self.store.storages(root, "__recip_version1.0_").into_iter().take(MOST) {
            let kind = self.store.number(&recipient, 0x0C15).unwrap_or(1);
            let person = self.person(&recipient, 0x3001, [0x39FE, 0x3003]);
            let at = (kind & 3).saturating_sub(1) as usize;
            people.get_mut(at).into_iter().for_each(|list| list.extend(person.clone()));
        }
        let mut lines = vec![("From", from.clone())];
        for ((name, list), shown) in [("To", 0), ("Cc", 1), ("Bcc", 2)].into_iter().zip([0x0E04, 0x0E03, 0x0E02]) {
            let known = people.get(list).filter(|list| !list.is_empty()).map(|list| list.join("; "));
            let value = known.or_else(|| self.line(root, shown));
            lines.push((name, value));
        }
        let time = self.store.time(root, 0x0039).or_else(|| self.store.time(root, 0x0E06));
        let moment =
            time.and_then(|seconds| Timestamp::from_second(seconds).ok()).map(|t| TimeZone::UTC.to_datetime(t));
        let date = moment.map(|moment| moment.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string());
        lines.push(("Date", date.clone()));
        let subject = self.line(root, 0x0037);
        lines.push(("Subject", subject.clone()));
        for (name, value) in lines {
            if let Some(value) = value {
                mail::header_line(&mut self.writer, name, &value);
            }
        }
        let ids = [("Message-ID", 0x1035), ("In-Reply-To", 0x1042), ("References", 0x1039), ("Message-Class", 0x001A)];
        let mut more: Vec<_> = date.iter().map(|date| ("Date".to_owned(), date.clone())).collect();
        more.extend(ids.into_iter().filter_map(|(name, id)| Some((name.to_owned(), self.line(root, id)?))));
        let about = &mut self.writer.rendition.about;
        (about.title, about.author, about.more) = (subject, from, more);
        mail::dated(&mut self.writer, date.as_deref(), None);
    }

    /// The text: the plain one, else the page, else the rich text.
    fn body(&mut self, root: &Storage) {
        let class = self.text(root, 0x001A).unwrap_or_default().to_ascii_lowercase();
        if class.contains("smime.multipartsigned") {
            self.writer.remark(RemarkKind::Strange, mail::SIGNED, None);
        } else if class.contains("smime") {
            self.writer.remark(
                RemarkKind::NotRead,
                "A part of the mail is encrypted (S/MIME); its words were not read",
                None,
            );
        }
        let left = self.limits.text.saturating_sub(self.writer.at());
        if let Some(text) = self.text(root, 0x1000) {
            let end = text.floor_char_boundary(text.len().min(left));
            if end < text.len() {
                self.writer.remark(RemarkKind::Limit, "The mail is longer than is read; its end was left out", None);
            }
            return body::plain(&mut self.writer, text.get(..end).unwrap_or_default(), Wrapped::default());
        }
        if let Some(page) = self.page_text(root) {
            return self.writer.append(body::page(&page.text, left));
        }
        let Some(packed) = self.store.raw(root, 0x1009, BINARY) else { return };
        let rich = store::uncompressed(&packed, self.limits.text);
        match rich.map(|rich| super::parse(Kind::Rtf, &rich, self.limits)) {
            Some(Ok(read)) => self.writer.append(read),
            Some(Err(refusal)) => {
                let what = format!("The text of the mail is rich text (RTF) that was not read: {refusal}");
                self.writer.remark(RemarkKind::NotRead, what, None);
            }
            None => {
                self.writer.remark(RemarkKind::Damaged, "The text of the mail is packed and cannot be unpacked", None)
            }
        }
    }

    fn page_text(&mut self, root: &Storage) -> Option<Decoded> {
        if let Some(raw) = self.store.raw(root, 0x1013, BINARY) {
            let label = self.store.number(root, 0x3FDE).and_then(label);
            let declared = crate::html::declared_encoding(&raw).is_some();
            let decoded = if declared { super::html::decode(&raw) } else { charset(&raw, label.as_deref()) };
            return (!decoded.text.trim().is_empty()).then_some(decoded);
        }
        let text = self.text(root, 0x1013)?;
        Some(Decoded { text, encoding: "UTF-16LE", damage: Vec::new() })
    }

    fn attachments(&mut self, root: &Storage) {
        for (n, attachment) in self.store.storages(root, "__attach_version1.0_").into_iter().enumerate() {
            if n >= MOST || self.inside.is_full() {
                return self.inside.leave_out(RemarkKind::Limit, TOO_MUCH, "…");
            }
            let name = self.line(&attachment, 0x3707).or_else(|| self.line(&attachment, 0x3704));
            let name = name.or_else(|| self.line(&attachment, 0x3001)).unwrap_or_else(|| format!("part-{}", n + 1));
            let kind = self.line(&attachment, 0x370E).map(|kind| kind.to_ascii_lowercase());
            if self.store.number(&attachment, 0x3705) == Some(5) {
                match self.store.message_in(&attachment, self.inside.left()) {
                    Some(message) => {
                        self.inside.add_counted(&format!("{name}.msg"), Some(Kind::Outlook.name()), message);
                    }
                    None => self.inside.leave_out(RemarkKind::Damaged, "Attached messages cannot be taken out", &name),
                }
                continue;
            }
            let Some(content) = self.store.raw(&attachment, 0x3701, BINARY) else {
                self.inside.leave_out(RemarkKind::NotRead, "Attachments that are not files were not read", &name);
                continue;
            };
            let picture = kind.as_deref().is_some_and(|kind| kind.starts_with("image/"));
            let shown = self.store.is_set(&attachment, 0x7FFE) || self.line(&attachment, 0x3712).is_some();
            if picture && shown && content.len() < mail::SMALL_PICTURE {
                self.inside.leave_out(RemarkKind::NotRead, mail::SMALL_PICTURES, &name);
            } else {
                self.inside.add_counted(&name, kind.as_deref(), content);
            }
        }
    }
}

fn utf16(raw: &[u8]) -> String {
    let units = raw
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The name of a Windows code page.
fn label(number: u32) -> Option<String> {
    Some(match number {
        65001 => "utf-8".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        866 => "ibm866".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        28591..=28606 => format!("iso-8859-{}", number - 28590),
        1250..=1258 | 874 => format!("windows-{number}"),
        _ => return None,
    })
}

/// True where a compound file is an Outlook message: by the first names of its list.
pub(crate) fn is_message(bytes: &[u8]) -> bool {
    use super::bytes::{u16_le, u32_le};
    let first = || {
        let shift = u16_le(bytes, 30).filter(|shift| matches!(shift, 9 | 12))?;
        let sector = usize::try_from(u32_le(bytes, 48)?).ok()?;
        let start = sector.checked_add(1)?.checked_shl(u32::from(shift))?;
        bytes.get(start..bytes.len().min(start.checked_add(1 << shift)?))
    };
    first().is_some_and(|list| {
        list.chunks_exact(128).any(|entry| {
            let name: Vec<u8> = entry.chunks_exact(2).take(12).filter_map(|pair| pair.first().copied()).collect();
            ["__properties", "__substg1.0_", "__nameid_ver", "__recip_vers", "__attach_ver"]
                .iter()
                .any(|n| name == n.as_bytes())
        })
    })
}

#[cfg(test)]
mod tests;
