use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::format::flow::told;
use crate::format::package::tests::zip;
use crate::rendition::{Limits, Refusal};

const S: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

fn workbook(first: &str, second: &str) -> Vec<u8> {
    let book = format!(
        r#"<workbook {S}><sheets><sheet name="Pièces" sheetId="1" r:id="a"/><sheet name="Notes" sheetId="2" state="hidden" r:id="b"/></sheets></workbook>"#
    );
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="b" Type="http://x/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="http://x/styles" Target="styles.xml"/></Relationships>"#;
    let own = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="http://x/comments" Target="../comments1.xml"/></Relationships>"#;
    let comments = format!(
        r#"<comments {S}><authors><author>Picquart</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>Faux ?</t></r></text></comment></commentList></comments>"#
    );
    let strings =
        format!("<sst {S}><si><t>Date</t></si><si><r><t>Pi</t></r><r><t>èce</t></r><rPh><t>x</t></rPh></si></sst>");
    let styles = format!(
        r#"<styleSheet {S}><numFmts><numFmt numFmtId="164" formatCode="d mmmm yyyy"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
    );
    let sheet = |rows: &str| {
        format!(
            "<worksheet {S}><cols><col min=\"4\" max=\"4\" hidden=\"1\"/></cols><sheetData>{rows}</sheetData></worksheet>"
        )
    };
    zip(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/_rels/sheet1.xml.rels", own.as_bytes()),
        ("xl/comments1.xml", comments.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet(first).as_bytes()),
        ("xl/worksheets/sheet2.xml", sheet(second).as_bytes()),
    ])
}

#[test]
fn a_workbook() {
    let first = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
        <row r="2"><c r="A2" s="1"><v>2475</v></c><c r="B2" t="inlineStr"><is><t>bordereau
suite</t></is></c><c r="D2"><f>1+1</f><v>2</v></c></row>
        <row r="3" hidden="1"><c r="A3" s="2"><v>4576</v></c><c r="C3" t="b"><v>1</v></c></row>
        <row r="1048576"><c r="XFD1048576" t="str"><v>loin</v></c></row>"#;
    let second = "<row><c t=\"str\"><v>Une seule cellule qui porte une phrase entière de plus de douze mots, comme un paragraphe.</v></c></row>";
    assert_snapshot!(told(&xlsx::parse(&workbook(first, second), Limits::default()).unwrap()), @"
      heading | Pièces
    table-row | Date⇥Pièce
    table-row | 1906-10-10⇥bordereau suite⇥⇥2
    table-row | 1912-07-11⇥⇥TRUE
    table-row | loin
      comment | B2: Faux ?
      heading | Notes
         body | Une seule cellule qui porte une phrase entière de plus de douze mots, comme un paragraphe.
    commented : bordereau suite (Picquart; Faux ?)
       hidden : 2 ()
       hidden : 1912-07-11 ()
       hidden : TRUE ()
       hidden : Notes ()
       hidden : Une seule cellule qui porte une phrase entière de plus de douze mots, comme un paragraphe. ()
       remark : Strange words in it are hidden from whoever opens it; passages of them: 5; the first: “2” None
    ");
}

#[test]
fn a_spreadsheet() {
    let content = r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Audiences"><table:table-row><table:table-cell office:value-type="date" office:date-value="1906-07-12T00:00:00"><text:p>12 juil. 06</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="2"><text:p>arrêt</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/><table:table-cell><office:annotation><dc:creator>M.</dc:creator><text:p>Vu.</text:p></office:annotation><text:p>fin</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"/></table:table-row></table:table>
        <table:table table:name="Secret" table:style-name="ta2"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document-content>"#;
    let read = |content: &str| ods::parse(&zip(&[("content.xml", content.as_bytes())]), Limits::default(), "").unwrap();
    assert_snapshot!(told(&read(content)), @"
      heading | Audiences
    table-row | 1906-07-12⇥arrêt⇥arrêt⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥fin
      comment | Vu.
      heading | Secret
    table-row | x⇥y
    commented : fin (M.; Vu.)
       hidden : Secret ()
       hidden : x ()
       hidden : y ()
       remark : Strange words in it are hidden from whoever opens it; passages of them: 3; the first: “Secret” None
    ");
    let bomb = content
        .replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"1000000\">")
        .replace("repeated=\"2\"", "repeated=\"1000000\"");
    let rendition = read(&bomb);
    assert!(rendition.text.len() < 200_000 && rendition.remarks.iter().any(|r| r.what.contains("repeated so often")));
}

#[test]
fn separated_values() {
    let read = |text: &str| told(&csv::parse(text.as_bytes(), Limits::default()).unwrap());
    assert_snapshot!(read("Дата;Событие;Сумма\n12.07.1906;\"отмена; без возврата\";1,5\n\n13.07.1906;\"в две\nстроки\";\n"), @"
    table-row | Дата⇥Событие⇥Сумма
    table-row | 12.07.1906⇥отмена; без возврата⇥1,5
    table-row | 13.07.1906⇥в две строки
    ");
    assert_snapshot!(read("\u{FEFF}a\tb\nc, d\te, f\n\"unclosed\tx"), @"
    table-row | a⇥b
    table-row | c, d⇥e, f
    table-row | unclosed x
    ");
    assert_snapshot!(read("sep=;\na;b,c\n"), @" table-row | a⇥b,c");
    assert_eq!(csv::parse(b"", Limits::default()).unwrap().text, "");
    let swallowed = format!("a;b\n\"c;d\n{}", "e;f\n".repeat(400_000));
    let rendition = csv::parse(swallowed.as_bytes(), Limits::default()).unwrap();
    assert_eq!((rendition.parts.len(), rendition.remarks.len()), (400_002, 1));
}

#[test]
fn long_words_that_a_million_cells_mean_cost_no_more_than_once() {
    let long = "слово ".repeat(150_000);
    let strings = format!("<sst {S}><si><t>{long}</t></si></sst>");
    let sheet = format!(
        "<worksheet {S}><sheetData>{}</sheetData></worksheet>",
        format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(1000)).repeat(100)
    );
    let list = format!(r#"<workbook {S}><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>"#);
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://x/worksheet" Target="a.xml"/><Relationship Id="s" Type="http://x/sharedStrings" Target="s.xml"/></Relationships>"#;
    let bytes = zip(&[
        ("xl/workbook.xml", list.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/a.xml", sheet.as_bytes()),
        ("xl/s.xml", strings.as_bytes()),
    ]);
    let rendition = xlsx::parse(&bytes, Limits::default()).unwrap();
    assert!(rendition.remarks.iter().any(|remark| remark.what.contains("cells of it were left out")));
}

#[test]
fn binary_workbooks_are_refused() {
    let bytes = zip(&[("xl/workbook.bin", b"x")]);
    assert!(matches!(xlsx::parse(&bytes, Limits::default()), Err(Refusal::Unsupported(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_fall(at in any::<prop::sample::Index>(), bit in 0_u32..8, cut in any::<prop::sample::Index>(), whole in any::<bool>()) {
        let mut bytes = workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c s=\"1\"><v>1e9</v></c></row>", "<row><c><v>é</v></c></row>");
        let at = at.index(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(rendition) = xlsx::parse(&bytes, Limits::default()) {
            prop_assert_eq!(rendition.check(), Ok(()));
        }
    }

    #[test]
    fn any_table_is_read(text in "([a-zé]{0,3}|[;,\t|\"\n\r]){0,80}") {
        prop_assert_eq!(csv::parse(text.as_bytes(), Limits::default()).unwrap().check(), Ok(()));
    }
}
