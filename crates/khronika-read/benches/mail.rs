//! How fast mail and web pages are read, in bytes of the file.

use divan::{Bencher, counter::BytesCount};
use khronika_read::rendition::Limits;
use khronika_read::{Kind, format};

fn main() {
    divan::main();
}

const SENTENCES: [&str; 3] = [
    "On 12 July 1906 the Court of Cassation quashed the judgment of Rennes without sending the case back.",
    "Le capitaine Dreyfus avait =C3=A9t=C3=A9 arr=C3=AAt=C3=A9 le 15 octobre 1894.",
    "=D0=A1=D1=83=D0=B4 =D0=BE=D1=82=D0=BC=D0=B5=D0=BD=D0=B8=D0=BB =D0=BF=D1=80=D0=B8=D0=B3=D0=BE=D0=B2=D0=BE=D1=80.",
];

/// A mail with its text twice, and with an attachment of so many bytes.
fn mail(n: usize, attached: usize) -> String {
    let lines: Vec<&str> = (0..30).filter_map(|k| SENTENCES.get((n + k) % 3)).copied().collect();
    let mut mail = format!(
        "From: Anna Smith <anna@example.org>\r\nTo: paul@example.net\r\nDate: Tue, 3 May 2022 10:15:00 +0200\r\nSubject: Order {n}\r\n\
         Message-ID: <{n}@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\
         Content-Type: multipart/alternative; boundary=b\r\n\r\n"
    );
    for (kind, before, after) in [("plain", "", "\r\n\r\n"), ("html", "<p style=3D\"margin:0\">", "</p>\r\n")] {
        mail.push_str(&format!(
            "--b\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        ));
        lines.iter().for_each(|line| mail.push_str(&format!("{before}{line}{after}")));
    }
    mail.push_str("--b--\r\n");
    if attached > 0 {
        mail.push_str(
            "--a\r\nContent-Type: application/pdf; name=order.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        );
        (0..attached / 57).for_each(|_| mail.push_str(&format!("{}\r\n", "JVBERi0x".repeat(9))));
    }
    mail.push_str("--a--\r\n");
    mail
}

#[divan::bench(args = [0, 200_000])]
fn mails(bencher: Bencher<'_, '_>, attached: usize) {
    let mails: Vec<String> = (0..200).map(|n| mail(n, attached)).collect();
    let length: usize = mails.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(length)).bench_local(|| {
        let read = |mail: &&String| format::parse(Kind::Mail, mail.as_bytes(), Limits::default()).is_ok();
        mails.iter().filter(read).count()
    });
}

#[divan::bench]
fn mailbox(bencher: Bencher<'_, '_>) {
    let mails: Vec<String> =
        (0..2000).map(|n| format!("From anna@example.org Tue May  3 10:15:00 2022\n{}\n", mail(n, 0))).collect();
    let all = mails.concat();
    bencher
        .counter(BytesCount::new(all.len()))
        .bench_local(|| format::parse(Kind::Mailbox, all.as_bytes(), Limits::default()).is_ok());
}

#[divan::bench]
fn page(bencher: Bencher<'_, '_>) {
    let lines: String =
        (0..20_000).filter_map(|n| SENTENCES.get(n % 3)).map(|line| format!("<p>{line}</p>\n")).collect();
    let page =
        format!("<html><body><nav><a href=/>Home</a></nav><h1>Order</h1>{lines}<footer>x</footer></body></html>");
    bencher
        .counter(BytesCount::new(page.len()))
        .bench_local(|| format::parse(Kind::Html, page.as_bytes(), Limits::default()).is_ok());
}
