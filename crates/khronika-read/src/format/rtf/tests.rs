use insta::assert_snapshot;
use khronika_core::{Lang, MarkKind};
use proptest::prelude::*;

use super::*;
use crate::format::flow::told;

fn shown(rtf: &str) -> String {
    told(&parse(rtf.as_bytes(), Limits::default()).unwrap_or_else(|e| panic!("{e}")))
}

#[test]
fn words_in_every_encoding() {
    let rtf = r"{\rtf1\ansi\ansicpg1251\deff0\deflang1049{\fonttbl{\f0\fswiss\fcharset204 Arial{\*\falt Helvetica};}{\f1\fnil\fcharset0 Times;}{\f2\fnil Arial CE;}{\f3\fnil Plain;}}
{\colortbl;\red0\green0\blue0;}
\f0\'d1\'f3\'e4 \'ee\'f2\'ec\'e5\'ed\'e8\'eb. \f1 \'e9t\'e9 \u8364\'80 \f2 \'9a \f3\'e4\'e0 \uc0\u1178\u1201\uc1 \u-10179?\u-8704? \u55357 ?\u56832 ?\par
L\rquote affaire\~: \ldblquote bordereau\rdblquote\emdash\line 2\tab trois\{\}\\ non\_lieu {\u0 ?}x\par}";
    assert_snapshot!(shown(rtf), @r"
    body | Суд отменил. été € š да Құ😀 😀
    body | L’affaire : “bordereau”—
    body | 2⇥trois{}\ non‑lieu �x
    ");
    assert_eq!(parse(rtf.as_bytes(), Limits::default()).unwrap().about.lang, Some(Lang::RU));
}

#[test]
fn what_is_no_text_is_passed_over() {
    let rtf = r#"{\rtf1\ansi{\info{\title L'affaire}{\author Zola}{\creatim\yr1898\mo1}{\doccomm no}}{\*\generator Riched20;}{\*\unknown secret {deep}}
{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Title;}{\*\cs10 Default;}}{\*\listtable{\list{\listname ;}}}
{\pard\s2 Arr\'eat\par}{\pard\s1 Faits\par}{\listtext 12.\tab}Le conseil.\par{\pntext\'b7\tab}Item.\par\pard
{\pict\pngblip 89504e47}{\pict\bin5 }{}\}x}{\object{\*\objdata 0102}{\result{\pict 00}}}{\upr{old}{\*\ud{new}}}
{\field{\*\fldinst{HYPERLINK "https://example.org"}}{\fldrslt{le lien}}} et {\field{\*\fldinst PAGE}{\fldrslt 3}}.\par
{\htmlrtf plain\htmlrtf0}{\*\htmltag <b>}}"#;
    assert_snapshot!(shown(rtf), @"
        title | Arrêt
      heading | Faits
         body | 12. Le conseil.
    list-item | Item.
         body | newle lien et 3.
    generated : 12. ()
         link : le lien (https://example.org)
       remark : NotRead objects of other programs are inside of it, which were not read: 1 None
    ");
}

#[test]
fn tables_notes_heads_comments() {
    let rtf = r"{\rtf1\ansi{\header Cour de cassation\par}{\header Cour de cassation\par}{\footer Page 1\par}
\trowd\cellx1\cellx2\pard\intbl Date\cell Acte\cell\row\trowd\intbl 12 juillet\cell{\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}}\pard\intbl\itap1 fin\cell\row\pard
La Cour{\super\chftn}{\footnote\pard {\super\chftn} Bulletin.\par Suite.} casse{\*\atnid L}{\*\atnauthor Labori}\chatn{\*\annotation{\*\atndate 99281477}\pard Bien.\par} et annule.\par
{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv b}}{\shptxt\pard Encadr\'e9\par}}{\shprslt{\*\do x}}}Fin.\par}";
    assert_snapshot!(shown(rtf), @"
       header | Cour de cassation
    table-row | Date⇥Acte
         body | 12 juillet
    table-row | a⇥b
         body | fin
         body | La Cour [1] casse et annule.
         body | Encadré
         body | Fin.
     footnote | [1] Bulletin.
     footnote | Suite.
       footer | Page 1
      comment | Bien.
    note-mark : [1] (1)
    commented : casse (Labori; 1994-10-29T09:05; Bien.)
    note-mark : [1] (1)
    ");
}

#[test]
fn changes_and_what_is_hidden() {
    let rtf = r"{\rtf1\ansi{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}{\*\revtbl{Unknown;}{Du Paty;}{Picquart;}}
Le ministre {\deleted\revauthdel1\revdttmdel99281477 refusa}{\revised\revauth2\revdttm99281477 ordonna} l'enqu\'eate.\par
Vu {\v cach\'e9} et {\cf1 blanc} et {\cf1\highlight2 bleu} et {\fs2 petit}.\par}";
    assert_snapshot!(shown(rtf), @"
        body | Le ministre ordonna l'enquête.
     deleted | refusa
        body | Vu caché et blanc et bleu et petit.
    inserted : ordonna (Picquart; 1994-10-29T09:05)
     deleted : refusa (Du Paty; 1994-10-29T09:05; Le ministre )
      hidden : caché ()
      hidden : blanc ()
      hidden : petit ()
      remark : Strange words in it are hidden from whoever opens it; passages of them: 3; the first: “caché” None
    ");
}

#[test]
fn what_is_made_to_harm_does_not() {
    let deep = format!("{{\\rtf1 a{}x{}b}}", "{\\b ".repeat(100_000), "}".repeat(100_000));
    let rendition = parse(deep.as_bytes(), Limits::default()).unwrap();
    assert_eq!(rendition.text, "axb\n");
    assert_eq!(rendition.remarks.len(), 1);
    let notes = format!("{{\\rtf1 a{}x{}b}}", "{\\footnote ".repeat(1000), "}".repeat(1000));
    assert!(parse(notes.as_bytes(), Limits::default()).is_ok());
    for odd in [
        "{\\rtf1",
        "{\\rtf1 a",
        "{\\rtf1 \\",
        "{\\rtf1 \\'",
        "{\\rtf1 \\'e",
        "{\\rtf1\\bin99999999999 x}",
        "{\\rtf1 a}}}}b",
        "{\\rtf1\\u-99999999999 ?}",
    ] {
        assert_eq!(parse(odd.as_bytes(), Limits::default()).unwrap().check(), Ok(()), "{odd}");
    }
    assert!(parse(b"{\\rt", Limits::default()).is_err());
}

#[test]
fn a_comment_is_about_no_passage_of_another_note() {
    for letters in 0..16 {
        let note = format!("{{\\footnote {}{{\\*\\atrfstart 0}}}}", "a".repeat(letters));
        let rtf = format!("{{\\rtf1 {note}abcd\\u1081?\\u1081?{{\\*\\annotation{{\\*\\atnref 0}}why}}}}");
        let seen = parse(rtf.as_bytes(), Limits::default()).unwrap();
        assert_eq!(seen.check(), Ok(()), "{rtf}");
        let about = seen.layout.marks.iter().filter(|mark| mark.kind == MarkKind::Commented);
        let about: Vec<&str> = about.map(|mark| mark.span.of(&seen.text).trim_start_matches("[1]")).collect();
        assert_eq!(about, ["abcdйй"], "{rtf}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_soup_is_read(soup in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\\par ", "\\cell ", "\\row ", "\\intbl ", "\\pard ", "\\itap2 ", "\\nestcell ", "\\nestrow ", "{\\footnote ", "{\\*\\annotation ",
        "{\\header ", "\\deleted ", "\\v ", "\\'e9", "\\u1078?", "\\u-10179", "x é ", "{\\field{\\*\\fldinst HYPERLINK a}", "{\\fldrslt ", "{\\fonttbl{\\f1\\fcharset204 A;}}",
        "\\f1 ", "\\uc3 ", "\\bin3 ", "{\\upr{a}", "{\\listtext 1.}", "{\\info{\\title a;}", "\\*", "\\", "{\\shptxt ", "\\plain ", ";",
    ]), 0..80)) {
        let rtf = format!("{{\\rtf1{}", soup.concat());
        prop_assert_eq!(parse(rtf.as_bytes(), Limits::default()).unwrap().check(), Ok(()));
    }
}
