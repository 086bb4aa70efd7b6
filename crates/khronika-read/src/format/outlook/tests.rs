//! Messages made here, as Outlook lays them out.

use std::io::{Cursor, Write as _};

use cfb::CompoundFile;

use super::*;
use crate::media;

/// A property: its number, its type, its bytes.
type Property<'a> = (u16, u16, &'a [u8]);

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Puts a storage with properties into a file: those of fixed length into the list, the others as streams.
fn put(file: &mut CompoundFile<Cursor<Vec<u8>>>, path: &str, head: usize, properties: &[Property<'_>]) {
    let mut list = vec![0; head];
    for (id, kind, value) in properties {
        list.extend(kind.to_le_bytes());
        list.extend(id.to_le_bytes());
        list.extend(6_u32.to_le_bytes());
        if matches!(kind, 3 | 0x0B | 0x40) {
            let mut value = value.to_vec();
            value.resize(8, 0);
            list.extend(value);
        } else {
            list.extend((value.len() as u64).to_le_bytes());
            let name = format!("{path}/__substg1.0_{id:04X}{kind:04X}");
            file.create_new_stream(name).unwrap().write_all(value).unwrap();
        }
    }
    file.create_new_stream(format!("{path}/__properties_version1.0")).unwrap().write_all(&list).unwrap();
}

fn filetime(seconds: u64) -> [u8; 8] {
    ((seconds + 11_644_473_600) * 10_000_000).to_le_bytes()
}

fn message() -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let sent = filetime(1_651_609_800);
    put(
        &mut file,
        "",
        32,
        &[
            (0x001A, UNICODE, &wide("IPM.Note")),
            (0x0037, UNICODE, &wide("Решение суда")),
            (0x0C1A, UNICODE, &wide("Анна Смирнова")),
            (0x0C1F, UNICODE, &wide("/O=EXAMPLE/CN=ANNA")),
            (0x5D01, UNICODE, &wide("anna@example.org")),
            (0x0039, 0x40, &sent),
            (0x1035, UNICODE, &wide("<9@example.org>")),
            (0x1000, UNICODE, &wide("Суд отменил приказ от 3 мая 2022 года.\r\n\r\n-- \r\nАнна")),
        ],
    );
    let names = "/__nameid_version1.0";
    file.create_storage(names).unwrap();
    for stream in ["00020102", "00030102", "00040102"] {
        file.create_new_stream(format!("{names}/__substg1.0_{stream}")).unwrap();
    }
    for (n, name, kind) in [(0, "Paul Durand", 1_u8), (1, "Greffe", 2)] {
        let path = format!("/__recip_version1.0_#{n:08X}");
        file.create_storage(&path).unwrap();
        put(
            &mut file,
            &path,
            8,
            &[
                (0x0C15, 3, &[kind]),
                (0x3001, UNICODE, &wide(name)),
                (0x39FE, UNICODE, &wide(&format!("p{n}@example.net"))),
            ],
        );
    }
    let path = "/__attach_version1.0_#00000000";
    file.create_storage(path).unwrap();
    put(
        &mut file,
        path,
        8,
        &[
            (0x3705, 3, &[1]),
            (0x3707, UNICODE, &wide("Приказ № 7.pdf")),
            (0x370E, UNICODE, &wide("application/pdf")),
            (0x3701, BINARY, b"%PDF-1.4"),
        ],
    );
    let path = "/__attach_version1.0_#00000001";
    file.create_storage(path).unwrap();
    put(&mut file, path, 8, &[(0x3705, 3, &[5]), (0x3001, UNICODE, &wide("Older"))]);
    let inner = format!("{path}/__substg1.0_3701000D");
    file.create_storage(&inner).unwrap();
    // In another message, a message has fewer bytes before its properties.
    put(
        &mut file,
        &inner,
        24,
        &[
            (0x001A, UNICODE, &wide("IPM.Note")),
            (0x0037, ANSI, &[0xCF, 0xE8, 0xF1, 0xFC, 0xEC, 0xEE]),
            (0x3FFD, 3, &1251_u32.to_le_bytes()),
            (0x0039, 0x40, &sent),
            (0x1013, BINARY, "<p>Ответ <b>суда</b></p>".as_bytes()),
        ],
    );
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn told(seen: &Rendition) -> String {
    assert_eq!(seen.check(), Ok(()));
    let parts = seen.parts.iter().map(|part| format!("{}: {}", part.role.name(), part.span.of(&seen.text)));
    parts.chain(seen.remarks.iter().map(|r| r.what.clone())).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_message_with_an_attachment_and_another_message() {
    let bytes = message();
    assert_eq!(media::of("", &bytes), Ok(Kind::Outlook));
    let seen = parse(&bytes, Limits::default()).unwrap();
    insta::assert_snapshot!(told(&seen), @"
    table-row: From: Анна Смирнова <anna@example.org>
    table-row: To: Paul Durand <p0@example.net>
    table-row: Cc: Greffe <p1@example.net>
    table-row: Date: Tue, 03 May 2022 20:30:00 +0000
    boilerplate: Subject:
    title: Решение суда
    lines: Суд отменил приказ от 3 мая 2022 года.
    signature: --
    signature: Анна
    ");
    assert_eq!(seen.about.date.map(|day| day.to_string()).as_deref(), Some("2022-05-03"));
    assert!(seen.about.more.contains(&("Message-ID".into(), "<9@example.org>".into())));
    let [order, older] = seen.embedded.as_slice() else { panic!("{:?}", seen.embedded) };
    assert_eq!((order.name.as_str(), order.declared.as_deref()), ("Приказ № 7.pdf", Some("application/pdf")));
    assert_eq!(order.bytes, b"%PDF-1.4");
    assert_eq!(older.name, "Older.msg");
    assert_eq!(media::of("", &older.bytes), Ok(Kind::Outlook));
    let inner = parse(&older.bytes, Limits::default()).unwrap();
    insta::assert_snapshot!(told(&inner), @"
    table-row: Date: Tue, 03 May 2022 20:30:00 +0000
    boilerplate: Subject:
    title: Письмо
    body: Ответ суда
    ");
    // The same message gives the same bytes.
    assert_eq!(parse(&bytes, Limits::default()).unwrap().embedded, seen.embedded);
}

#[test]
fn headers_as_they_went_over_the_wire_come_first() {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let headers = "Received: by mx; Tue, 3 May 2022 23:30:05 +0200\r\nFrom: Anna <anna@example.org>\r\nDate: Tue, 3 May 2022 23:30:00 +0200\r\nSubject: Order\r\nMessage-ID: <9@x>\r\n\r\n";
    put(
        &mut file,
        "",
        32,
        &[
            (0x0037, UNICODE, &wide("Order")),
            (0x007D, UNICODE, &wide(headers)),
            (0x1009, BINARY, b"\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4\x4b\x51\x41\0\x04 WXYZ\x0d\x6e\x7d\x01\x0e\xb0"),
        ],
    );
    file.flush().unwrap();
    let seen = parse(&file.into_inner().into_inner(), Limits::default()).unwrap();
    assert!(
        told(&seen).starts_with("table-row: From: Anna <anna@example.org>\ntable-row: Date: Tue, 3 May"),
        "{}",
        told(&seen)
    );
    assert_eq!(seen.about.author.as_deref(), Some("Anna <anna@example.org>"));
}

#[test]
fn a_broken_message_is_refused_or_read_in_part() {
    let bytes = message();
    for end in (0..bytes.len()).step_by(97) {
        if let Ok(seen) = parse(bytes.get(..end).unwrap(), Limits::default()) {
            told(&seen);
        }
    }
}
