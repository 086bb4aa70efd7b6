use insta::assert_snapshot;
use khronika_core::Lang;
use proptest::prelude::*;

use super::*;
use crate::format::flow::told;
use crate::format::package::tests::zip;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

/// The relationships that every document of these tests has.
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="s" Type="http://x/styles" Target="styles.xml"/><Relationship Id="n" Type="http://x/numbering" Target="numbering.xml"/>
    <Relationship Id="f" Type="http://x/footnotes" Target="footnotes.xml"/><Relationship Id="e" Type="http://x/endnotes" Target="endnotes.xml"/>
    <Relationship Id="c" Type="http://x/comments" Target="comments.xml"/><Relationship Id="h1" Type="http://x/header" Target="header1.xml"/>
    <Relationship Id="h2" Type="http://x/header" Target="header2.xml"/><Relationship Id="u" Type="http://x/footer" Target="footer1.xml"/>
    <Relationship Id="l" Type="http://x/hyperlink" Target="https://example.org/a" TargetMode="External"/>
    <Relationship Id="t" Type="http://x/attachedTemplate" Target="http://192.0.2.1/evil.dotm" TargetMode="External"/></Relationships>"#;

fn document(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let main = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let mut members: Vec<(&str, &[u8])> =
        vec![("word/document.xml", main.as_bytes()), ("word/_rels/document.xml.rels", RELATIONS.as_bytes())];
    members.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&members)
}

fn read(bytes: &[u8]) -> Rendition {
    parse(bytes, Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

/// Without what the relations of the tests ask for.
fn shown(body: &str, parts: &[(&str, String)]) -> String {
    let told = told(&read(&document(body, parts)));
    told.lines().filter(|line| !line.contains("attachedTemplate")).collect::<Vec<_>>().join("\n")
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

#[test]
fn paragraphs_runs_and_signs() {
    let body = r#"<w:p><w:r><w:t>Le </w:t></w:r><w:r><w:t xml:space="preserve"> capitaine &amp; </w:t><w:t>Dreyfus</w:t><w:tab/><w:t>est</w:t></w:r></w:p>
        <w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr><w:r><w:t>Rue du Bac, 5</w:t><w:br/><w:t>Paris</w:t></w:r></w:p>
        <w:p><w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>lieu</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p><w:p/>
        <w:p><w:hyperlink r:id="l"><w:r><w:t>le bordereau</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> et </w:t></w:r>
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/b" </w:instrText></w:r>
        <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>sa copie</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
        <w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p><w:smartTag><w:r><w:t>Rennes</w:t></w:r></w:smartTag></w:p></w:sdtContent></w:sdt>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>MACROBUTTON None [votre nom]</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>perdu ?</w:t></w:r></w:p>"#;
    assert_snapshot!(shown(body, &[]), @"
    body | Le capitaine & Dreyfus⇥est
    body | Rue du Bac, 5
    body | Paris
    body | non‑lieu[soft]☑
    body | le bordereau et sa copie
    body | Rennes
    body | [votre nom]
    body | perdu ?
    link : le bordereau (https://example.org/a)
    link : sa copie (https://example.org/b)
    ");
}

#[test]
fn styles_say_what_a_paragraph_is_and_lists_count() {
    let styles = format!(
        r#"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Mien"><w:name w:val="Mien"/><w:basedOn w:val="Titre1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Rang"><w:name w:val="Rang"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="S"><w:name w:val="toc 1"/></w:style></w:styles>"#
    );
    let numbering = format!(
        r#"<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Titre1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#
    );
    let styled = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let item = |level: u32, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let body = [
        styled("T", "Arrêt du 12 juillet 1906"),
        styled("S", "Les faits 3"),
        styled("Titre1", "Les faits"),
        item(0, "Le capitaine fut arrêté le 15 octobre 1894."),
        item(0, "Il fut condamné."),
        item(1, "à la déportation"),
        styled("Mien", "Le droit"),
        styled("Rang", "Sur le moyen unique"),
        styled("Absent", "Casse et annule."),
    ]
    .concat();
    let parts = [("word/styles.xml", styles), ("word/numbering.xml", numbering)];
    assert_snapshot!(shown(&body, &parts), @"
         title | Arrêt du 12 juillet 1906
    boilerplate | Les faits 3
       heading | I. Les faits
          body | 7. Le capitaine fut arrêté le 15 octobre 1894.
          body | 8. Il fut condamné.
     list-item | à la déportation
       heading | II. Le droit
       heading | Sur le moyen unique
          body | Casse et annule.
     generated : I. ()
     generated : 7. ()
     generated : 8. ()
     generated : II. ()
    ");
    assert_eq!(read(&document(&body, &parts)).about.lang, Some(Lang::FR));
}

#[test]
fn notes_comments_heads_and_feet() {
    let note = |id: u32, words: &str| {
        format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> {words}</w:t></w:r></w:p></w:footnote>"
        )
    };
    let footnotes = format!(
        "<w:footnotes {W}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{}{}{}</w:footnotes>",
        note(3, "Le Figaro, 18 novembre 1897."),
        note(2, "Bulletin criminel, p. 3."),
        note(9, "Sans renvoi.")
    );
    let endnotes = format!(
        "<w:endnotes {W}><w:endnote w:id=\"1\"><w:p><w:r><w:t>Archives nationales.</w:t></w:r></w:p></w:endnote></w:endnotes>"
    );
    let comments = format!(
        "<w:comments {W}><w:comment w:id=\"0\" w:author=\"M. Labori\" w:date=\"1899-08-14T06:10:00Z\">{}{}</w:comment>\
         <w:comment w:id=\"1\" w:author=\"M. Demange\">{}</w:comment></w:comments>",
        p("À vérifier."),
        p("Voir pièce 4."),
        p("Oui.")
    );
    let body = r#"<w:p><w:r><w:t>La Cour</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> casse le jugement</w:t></w:r><w:r><w:endnoteReference w:id="1"/></w:r>
        <w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t>.</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Le conseil </w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:t>se réunit</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">à Rennes</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t xml:space="preserve"> le 7 août</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>"#;
    let running = |name: &str, words: &str| format!("<w:{name} {W}>{}</w:{name}>", p(words));
    let parts = [
        ("word/footnotes.xml", footnotes),
        ("word/endnotes.xml", endnotes),
        ("word/comments.xml", comments),
        ("word/header1.xml", running("hdr", "Cour de cassation")),
        ("word/header2.xml", running("hdr", "Cour de cassation")),
        ("word/footer1.xml", running("ftr", "Page 1")),
    ];
    assert_snapshot!(shown(body, &parts), @"
       header | Cour de cassation
         body | La Cour [1] casse le jugement [i] [2].
         body | Le conseil se réunit
         body | à Rennes le 7 août
     footnote | [1] Bulletin criminel, p. 3.
     footnote | [2] Le Figaro, 18 novembre 1897.
     footnote | Sans renvoi.
     footnote | [i] Archives nationales.
       footer | Page 1
      comment | À vérifier.
      comment | Voir pièce 4.
      comment | Oui.
    note-mark : [1] (1)
    note-mark : [i] (i)
    note-mark : [2] (2)
    commented : se réunit (M. Labori; 1899-08-14T06:10:00Z; À vérifier. Voir pièce 4.)
    commented : à Rennes (M. Labori; 1899-08-14T06:10:00Z; À vérifier. Voir pièce 4.)
    commented : août (M. Demange; Oui.)
    note-mark : [1] (1)
    note-mark : [2] (2)
    note-mark : [i] (i)
    ");
}

#[test]
fn tracked_changes_and_what_is_hidden() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">Le ministre </w:t></w:r><w:del w:id="1" w:author="Du Paty" w:date="1894-10-29T09:00:00Z"><w:r><w:delText>refusa</w:delText></w:r></w:del>
        <w:ins w:id="2" w:author="Picquart" w:date="1896-09-01T10:00:00Z"><w:r><w:t>ordonna</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> l’enquête.</w:t></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:del w:author="Henry"/></w:rPr></w:pPr><w:del w:author="Henry"><w:r><w:delText>La pièce est un faux.</w:delText></w:r></w:del></w:p>
        <w:p><w:pPr><w:rPr><w:del w:author="Henry"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Il revint </w:t></w:r></w:p><w:p><w:r><w:t>à Paris.</w:t></w:r></w:p>
        <w:p><w:moveFrom w:author="A"><w:r><w:t>Déplacé.</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo w:author="A"><w:r><w:t>Déplacé.</w:t></w:r></w:moveTo></w:p>
        <w:p><w:r><w:t xml:space="preserve">Visible </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t xml:space="preserve"> encore </w:t></w:r>
        <w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>blanc</w:t></w:r><w:r><w:rPr><w:color w:val="FFFFFF"/><w:shd w:fill="000080"/></w:rPr><w:t xml:space="preserve"> sur bleu </w:t></w:r><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>petit</w:t></w:r></w:p>
        <w:tbl><w:tr><w:trPr><w:del w:author="B"/></w:trPr><w:tc><w:p><w:r><w:t>rayé</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>aussi</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    assert_snapshot!(shown(body, &[]), @"
        body | Le ministre ordonna l’enquête.
     deleted | refusa
     deleted | La pièce est un faux.
        body | Il revint à Paris.
     deleted | Déplacé.
        body | Déplacé.
        body | Visible caché encore blanc sur bleu petit
     deleted | rayé
     deleted | aussi
    inserted : ordonna (Picquart; 1896-09-01T10:00:00Z)
     deleted : refusa (Du Paty; 1894-10-29T09:00:00Z; Le ministre )
     deleted : La pièce est un faux. (Henry)
     deleted : Déplacé. (A)
    inserted : Déplacé. (A)
      hidden : caché ()
      hidden : blanc ()
      hidden : petit ()
     deleted : rayé (B)
     deleted : aussi (B)
      remark : Strange words in it are hidden from whoever opens it; passages of them: 3; the first: “caché” None
    ");
}

#[test]
fn tables_boxes_and_alternatives() {
    let cell = |inside: &str| format!("<w:tc><w:tcPr/>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell(&p("a")), cell(&p("b"))]));
    let table = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"x\"/></w:tblPr>{}{}{}</w:tbl>",
        row(&[cell(&p("Date")), cell(&p("Acte"))]),
        row(&[cell(&p("12 juillet 1906")), cell(&p("arrêt"))]),
        row(&[cell(&format!("{}{inner}", p("Annexe"))), cell(&p("c"))])
    );
    let content = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(words));
    let text_box = format!(
        "<w:p><w:r><w:t>Avant</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent><w:t>, après</w:t></w:r></w:p>",
        content("Encadré"),
        content("Encadré")
    );
    assert_snapshot!(shown(&format!("{table}{text_box}"), &[]), @"
    table-row | Date⇥Acte
    table-row | 12 juillet 1906⇥arrêt
         body | Annexe
    table-row | a⇥b
         body | c
         body | Avant, après
         body | Encadré
    ");
}

#[test]
fn what_a_document_says_of_itself_and_what_it_holds() {
    let core = r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
        <dc:title>Lettre</dc:title><dc:creator>É. Zola</dc:creator><dcterms:created>1898-01-13T00:00:00Z</dcterms:created></cp:coreProperties>"#;
    let custom = r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="x"><property name="Dossier"><vt:lpwstr>12/1898</vt:lpwstr></property></Properties>"#;
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/></Types>"#;
    let main = format!("<w:document {W}><w:body>{}<w:altChunk r:id=\"zz\"/></w:body></w:document>", p("J’accuse"));
    let bytes = zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", RELATIONS.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
        ("docProps/custom.xml", custom.as_bytes()),
        ("word/media/image1.png", b"\x89PNG"),
        ("word/vbaProject.bin", b"\xD0\xCF"),
    ]);
    let rendition = read(&bytes);
    assert_snapshot!(told(&rendition), @r#"
      body | J’accuse
    inside : word/media/image1.png Some("image/png") 4 bytes
    remark : NotRead a document of another format is to be put into it here; it was not None
    remark : Strange it holds macros, which were not run Some("word/vbaProject.bin")
    remark : Strange it asks for something elsewhere when it is opened (attachedTemplate: http://192.0.2.1/evil.dotm) Some("word/_rels/document.xml.rels")
    "#);
    assert_snapshot!(format!("{:?}", rendition.about), @r#"
    About { title: Some("Lettre"), author: Some("É. Zola"), date: None, lang: None, encoding: None, more: [("dcterms:created", "1898-01-13T00:00:00Z"), ("Dossier", "12/1898")] }
    "#);
}

#[test]
fn what_is_made_to_harm_does_not() {
    let deep = format!("{}{}", "<w:p>".repeat(50_000), "</w:p>".repeat(50_000));
    assert!(read(&document(&deep, &[])).remarks.iter().any(|r| r.what.contains("too deep")));
    let boxes = "<w:p><w:r><w:txbxContent>".repeat(40) + &p("x") + &"</w:txbxContent></w:r></w:p>".repeat(40);
    assert!(read(&document(&boxes, &[])).remarks.iter().any(|r| r.what.contains("text boxes")));
    let rows = "<w:tbl><w:tr><w:tc>".repeat(60) + &p("x") + &"</w:tc></w:tr></w:tbl>".repeat(60);
    assert_eq!(read(&document(&rows, &[])).text, "x\n");
    let unclosed = format!("<w:tbl><w:tr><w:tc>{}", p("Le jugement."));
    let main = format!("<w:document {W}><w:body>{unclosed}");
    assert_eq!(read(&zip(&[("word/document.xml", main.as_bytes())])).text, "Le jugement.\n");
    // A template elsewhere, asked for by a part that nothing refers to.
    let template = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://x/attachedTemplate" Target="http://192.0.2.1/a.dotm" TargetMode="External"/></Relationships>"#;
    let main = format!("<w:document {W}><w:body>{}</w:body></w:document>", p("x"));
    let bytes = zip(&[("word/document.xml", main.as_bytes()), ("word/_rels/settings.xml.rels", template.as_bytes())]);
    assert!(read(&bytes).remarks.iter().any(|r| r.what.contains("192.0.2.1")));
    let limits = Limits { text: 1000, ..Limits::default() };
    let long = parse(&document(&p("Casse et annule. ").repeat(500), &[]), limits).unwrap();
    assert!(long.text.len() <= 1000 && long.remarks.iter().any(|r| r.what.contains("longer than the limit")));
}

fn sample() -> Vec<u8> {
    let body = format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Faits</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
         <w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:del w:author=\"A\"><w:r><w:delText>non</w:delText></w:r></w:del></w:p>",
        p("Суд отменил приговор."),
        p("a"),
        p("б")
    );
    let notes = format!("<w:footnotes {W}><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>", p("Примечание."));
    document(&body, &[("word/footnotes.xml", notes)])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_fall(cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0_u32..8, whole in any::<bool>()) {
        let mut bytes = sample();
        let at = at.index(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(rendition) = parse(&bytes, Limits::default()) {
            prop_assert_eq!(rendition.check(), Ok(()));
        }
    }

    #[test]
    fn any_soup_of_elements_is_read(parts in prop::collection::vec((0_usize..24, any::<bool>()), 0..60)) {
        const NAMES: [&str; 24] = [
            "w:p", "w:r", "w:t", "w:pPr", "w:rPr", "w:del", "w:ins", "w:tbl", "w:tr", "w:tc", "w:txbxContent", "w:delText", "w:hyperlink",
            "w:fldChar w:fldCharType=\"begin\"", "w:fldChar w:fldCharType=\"separate\"", "w:fldChar w:fldCharType=\"end\"", "w:vanish",
            "w:footnoteReference w:id=\"2\"", "w:trPr", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:br", "w:instrText",
        ];
        let (mut soup, mut open) = (String::new(), Vec::new());
        for (name, close) in parts {
            let name = NAMES.get(name).copied().unwrap_or("w:p");
            soup.push_str(&format!("<{name}>é "));
            open.push(name.split(' ').next().unwrap_or_default());
            if close && let Some(name) = open.pop() {
                soup.push_str(&format!("</{name}>"));
            }
        }
        while let Some(name) = open.pop() {
            soup.push_str(&format!("</{name}>"));
        }
        let rendition = parse(&document(&soup, &[]), Limits::default()).unwrap();
        prop_assert_eq!(rendition.check(), Ok(()));
    }
}
