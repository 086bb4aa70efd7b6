use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::format::flow::told;
use crate::format::package::tests::zip;

const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0""#;

fn document(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn shown(styles: &str, body: &str) -> String {
    told(&parse(&document(styles, body), Limits::default(), "").unwrap_or_else(|e| panic!("{e}")))
}

#[test]
fn paragraphs_spaces_and_lists() {
    let styles = r#"<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
        <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
        <text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>"#;
    let body = r#"<text:sequence-decls><text:sequence-decl text:name="x"/></text:sequence-decls>
        <text:p text:style-name="Title">Arrêt</text:p><text:h text:outline-level="1">Les  faits</text:h>
        <text:p>  Le <text:span>tribunal</text:span>
          militaire<text:s text:c="3"/>siège <text:span> à</text:span> <text:a xlink:href="https://example.org">Rennes</text:a>.<text:line-break/>Fin<text:tab/>x</text:p>
        <text:list text:style-name="L1"><text:list-item><text:p>un</text:p><text:p>suite</text:p></text:list-item>
        <text:list-item><text:p>deux</text:p><text:list><text:list-item><text:p>alpha</text:p></text:list-item></text:list></text:list-item></text:list>
        <text:p text:style-name="P1">Cité.</text:p>
        <text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>trois</text:p></text:list-item></text:list>
        <text:list text:style-name="L2"><text:list-item><text:p>point</text:p></text:list-item></text:list>
        <text:table-of-content><text:table-of-content-source><text:p>no</text:p></text:table-of-content-source><text:index-body><text:p>Faits 1</text:p></text:index-body></text:table-of-content>
        <table:table><table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell><table:table-cell table:number-columns-repeated="999999"><text:p>Acte</text:p></table:table-cell></table:table-row></table:table>
        <text:p>Avant<draw:frame><draw:text-box><text:p>Encadré</text:p></draw:text-box></draw:frame> après</text:p><text:p>a<text:s text:c="999999999"/>b</text:p>"#;
    let told = shown(styles, body).replace(&" ".repeat(1000), "<1000>");
    assert_snapshot!(told, @"
         title | Arrêt
       heading | Les faits
          body | Le tribunal militaire   siège à Rennes.
          body | Fin⇥x
          body | 1. un
          body | suite
          body | 2. deux
          body | (a) alpha
         quote | Cité.
          body | 3. trois
     list-item | point
    boilerplate | Faits 1
     table-row | Date⇥Acte
          body | Avant après
          body | Encadré
          body | a<1000>b
          link : Rennes (https://example.org)
     generated : 1. ()
     generated : 2. ()
     generated : (a) ()
     generated : 3. ()
    ");
}

#[test]
fn notes_comments_changes_and_what_is_hidden() {
    let styles = r##"<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
        <style:style style:name="T2" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
        <style:style style:name="T3" style:family="text" style:parent-style-name="T2"><style:text-properties fo:background-color="#000080"/></style:style>"##;
    let body = r#"<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Du Paty</dc:creator><dc:date>1894-10-29T09:00:00</dc:date></office:change-info><text:p>refusa</text:p></text:deletion></text:changed-region>
        <text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>Picquart</dc:creator><dc:date>1896-09-01T10:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
        <text:p>Le ministre <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>ordonna<text:change-end text:change-id="c2"/> l’enquête<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Le Temps.</text:p></text:note-body></text:note>.</text:p>
        <text:p>Le <office:annotation office:name="a1"><dc:creator>Labori</dc:creator><dc:date>1899-08-14</dc:date><text:p>Bien.</text:p></office:annotation>conseil</text:p><text:p>siège<office:annotation-end office:name="a1"/> ici.</text:p>
        <text:p>Vu <text:span text:style-name="T1">caché</text:span> et <text:span text:style-name="T2">blanc</text:span> et <text:span text:style-name="T3">bleu</text:span></text:p>
        <text:section text:display="none"><text:p>Section cachée</text:p></text:section>"#;
    assert_snapshot!(shown(styles, body), @"
         body | Le ministre ordonna l’enquête [1].
      deleted | refusa
         body | Le conseil
         body | siège ici.
         body | Vu caché et blanc et bleu
         body | Section cachée
     footnote | [1] Le Temps.
      comment | Bien.
     inserted : ordonna (Picquart; 1896-09-01T10:00:00)
    note-mark : [1] (1)
      deleted : refusa (Du Paty; 1894-10-29T09:00:00; Le ministre)
    commented : conseil (Labori; 1899-08-14; Bien.)
    commented : siège (Labori; 1899-08-14; Bien.)
       hidden : caché ()
       hidden : blanc ()
       hidden : Section cachée ()
    note-mark : [1] (1)
       remark : Strange words in it are hidden from whoever opens it; passages of them: 3; the first: “caché” None
    ");
}

#[test]
fn heads_outlines_and_what_it_says_of_itself() {
    let content = format!(
        "<office:document-content {NAMES}><office:body><office:text><text:h text:outline-level=\"1\">Faits</text:h><text:h text:outline-level=\"2\">Moyen</text:h></office:text></office:body></office:document-content>"
    );
    let styles = format!(
        r#"<office:document-styles {NAMES}><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="uk"/></style:default-style>
        <text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles>
        <office:master-styles><style:master-page><style:header><text:p>Cour</text:p></style:header><style:header-left><text:p>Cour</text:p></style:header-left><style:footer><text:p>1</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"#
    );
    let meta = format!(
        "<office:document-meta {NAMES}><office:meta><dc:title>Pourvoi</dc:title><meta:initial-creator>M.</meta:initial-creator><meta:user-defined meta:name=\"Dossier\">12</meta:user-defined></office:meta></office:document-meta>"
    );
    let bytes = zip(&[
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
        ("meta.xml", meta.as_bytes()),
        ("Pictures/1.png", b"x"),
        ("Basic/Standard/Module1.xml", b"<x/>"),
    ]);
    let rendition = parse(&bytes, Limits::default(), "").unwrap();
    assert_snapshot!(told(&rendition), @r#"
       header | Cour
      heading | I. Faits
      heading | I.1 Moyen
       footer | 1
    generated : I. ()
    generated : I.1 ()
       inside : Pictures/1.png None 1 bytes
       remark : Strange it holds macros, which were not run Some("Basic/Standard/Module1.xml")
    "#);
    assert_snapshot!(format!("{:?}", rendition.about), @r#"
    About { title: Some("Pourvoi"), author: None, date: None, lang: Some(uk), encoding: None, more: [("meta:initial-creator", "M."), ("Dossier", "12")] }
    "#);
}

#[test]
fn the_head_of_the_first_page_stands_over_the_text_and_days_put_in_anew_are_told() {
    let styles = format!(
        r#"<office:document-styles {NAMES}><office:master-styles><style:master-page><style:header><text:p>Suite</text:p></style:header>
        <style:header-left style:display="false"><text:p>x</text:p></style:header-left><style:footer><text:p>1</text:p></style:footer>
        <style:header-first><text:p>Lyon, le 5 mai 2021</text:p></style:header-first></style:master-page></office:master-styles></office:document-styles>"#
    );
    let content = format!(
        "<office:document-content {NAMES}><office:body><office:text><text:p>Vu le <text:date text:fixed=\"true\">3 mai 2021</text:date>, ce <text:date>30 novembre 2026</text:date>.</text:p></office:text></office:body></office:document-content>"
    );
    let bytes = zip(&[("content.xml", content.as_bytes()), ("styles.xml", styles.as_bytes())]);
    assert_snapshot!(told(&parse(&bytes, Limits::default(), "").unwrap()), @"
        header | Lyon, le 5 mai 2021
          body | Vu le 3 mai 2021, ce 30 novembre 2026.
        header | Suite
        footer | 1
     generated : 30 novembre 2026 ()
        remark : Strange a day in it is put in anew when it is opened, kept or printed: it need not be the day on which it was written None
    ");
}

#[test]
fn words_that_were_taken_out_may_stand_in_the_text() {
    let region = "<text:tracked-changes><text:changed-region text:id=\"c\"><text:deletion><office:change-info><dc:creator>A</dc:creator></office:change-info></text:deletion></text:changed-region></text:tracked-changes>";
    let body = "<text:p>La Cour <text:change-start text:change-id=\"c\"/>rejette<text:change-end text:change-id=\"c\"/>casse.</text:p>";
    assert_snapshot!(told(&parse(&document("", &format!("{region}{body}")), Limits::default(), "").unwrap()), @"
          body | La Cour casse.
       deleted | rejette
       deleted : rejette (A; La Cour )
    ");
}

/// A document whose list says that its text is locked, in this way.
fn listed(way: &str) -> Vec<u8> {
    let manifest = format!(
        r#"<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml">
        <m:encryption-data m:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" m:checksum="AAAA">{way}</m:encryption-data>
        </m:file-entry></m:manifest>"#
    );
    zip(&[("META-INF/manifest.xml", manifest.as_bytes()), ("content.xml", &[7; 64])])
}

#[test]
fn a_password_is_told() {
    let way = |cipher: &str, derived: &str, rounds: &str| {
        listed(&format!(
            r#"<m:algorithm m:algorithm-name="{cipher}" m:initialisation-vector="AAAAAAAAAAAAAAAAAAAAAA=="/>
            <m:key-derivation m:key-derivation-name="{derived}" m:key-size="32" m:iteration-count="{rounds}" m:salt="AAAAAAAAAAAAAAAAAAAAAA=="/>"#
        ))
    };
    let aes = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
    for password in ["", "open sesame"] {
        assert_eq!(parse(&way(aes, "PBKDF2", "1000"), Limits::default(), password), Err(Refusal::Locked));
        // By other ciphers, and so often stirred that it would take an hour.
        for (cipher, derived, rounds) in [
            ("Blowfish CFB", "PBKDF2", "1024"),
            (aes, "argon2id", "3"),
            (aes, "PBKDF2", "4000000000"),
            (aes, "PBKDF2", "0"),
        ] {
            let told = parse(&way(cipher, derived, rounds), Limits::default(), password);
            assert!(matches!(told, Err(Refusal::Unsupported(_))), "{cipher} {derived} {rounds}: {told:?}");
        }
        assert!(matches!(parse(&listed(""), Limits::default(), password), Err(Refusal::Unsupported(_))));
    }
}

#[test]
fn a_document_that_is_locked_is_opened_with_its_password() {
    let bytes = include_bytes!("../../../tests/locked/letter.odt");
    let seen = parse(bytes, Limits::default(), "open sesame").unwrap();
    assert_eq!((seen.check(), seen.remarks.as_slice()), (Ok(()), &[][..]));
    assert!(seen.text.contains("Monsieur le Préfet,") && seen.text.contains("refus du 3 mai 2021"), "{}", seen.text);
    for password in ["", "another"] {
        assert_eq!(parse(bytes, Limits::default(), password), Err(Refusal::Locked));
    }
    for end in [100, 3000, 9000, bytes.len() - 30] {
        if let Ok(seen) = parse(bytes.get(..end).unwrap(), Limits::default(), "open sesame") {
            assert_eq!(seen.check(), Ok(()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_fall(at in any::<prop::sample::Index>(), bit in 0_u32..8, cut in any::<prop::sample::Index>(), whole in any::<bool>()) {
        let mut bytes = document("", "<text:p>Суд <text:span>отменил</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>");
        let at = at.index(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(rendition) = parse(&bytes, Limits::default(), "") {
            prop_assert_eq!(rendition.check(), Ok(()));
        }
    }

    #[test]
    fn any_soup_of_elements_is_read(parts in prop::collection::vec((0_usize..20, any::<bool>()), 0..60)) {
        const ELEMENTS: [&str; 20] = [
            "text:p", "text:h text:outline-level=\"3\"", "text:span", "text:list", "text:list-item", "text:note", "text:note-body", "text:note-citation",
            "office:annotation", "table:table-row", "table:table-cell", "draw:text-box", "text:s", "text:a", "text:section text:display=\"none\"",
            "text:tracked-changes", "text:changed-region text:id=\"a\"", "text:deletion", "text:change text:change-id=\"a\"", "text:change-start text:change-id=\"a\"",
        ];
        let (mut soup, mut open) = (String::new(), Vec::new());
        for (name, close) in parts {
            let name = ELEMENTS.get(name).copied().unwrap_or("text:p");
            soup.push_str(&format!("<{name}>é "));
            open.push(name.split(' ').next().unwrap_or_default());
            if close && let Some(name) = open.pop() {
                soup.push_str(&format!("</{name}>"));
            }
        }
        while let Some(name) = open.pop() {
            soup.push_str(&format!("</{name}>"));
        }
        let rendition = parse(&document("", &soup), Limits::default(), "").unwrap();
        prop_assert_eq!(rendition.check(), Ok(()));
    }
}
