//! `chronology.csv` as another program reads it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod dreyfus;

use khronika_show::csv::{COLUMNS, chronology, unguard};

/// The rows as a foreign reader gives them, without the header and with the guard undone.
fn rows(table: &str) -> Vec<Vec<String>> {
    let table = table.strip_prefix('\u{feff}').expect("Excel needs the byte order mark");
    let mut reader = ::csv::ReaderBuilder::new().from_reader(table.as_bytes());
    assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
    reader.records().map(|row| row.unwrap().iter().map(unguard).collect()).collect()
}

#[test]
fn a_row_for_each_event_with_its_words() {
    let case = dreyfus::case();
    let rows = rows(&chronology(&case));
    assert_eq!(rows.len(), case.events.len());
    let row = rows.iter().find(|row| row.last().unwrap() == "e-1899").unwrap();
    let shown: Vec<String> = COLUMNS.iter().zip(row).map(|(column, cell)| format!("{column}: {cell}")).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    date: 1899-06-03
    earliest: 1899-06-03
    latest: 1899-06-03
    basis: stated
    what: casse et annule le jugement rendu le 22 décembre 1894
    kind: judgment
    outcomes: ANNUL | REMAND
    body: Cour de cassation
    actors: Cour de cassation (agent) | Alfred Dreyfus (subject) | conseil de guerre de Rennes (forum)
    said_by: 
    status: actual
    standing: executed
    source: 1899-06-03-arret.txt
    page: 
    start: 270
    end: 496
    quote: La Cour de cassation, toutes chambres réunies, casse et annule le jugement rendu le 22 décembre 1894 par le premier conseil de guerre du gouvernement militaire de Paris et renvoie l’accusé devant le conseil de guerre de Rennes
    passages: 2
    proceeding: criminal — Alfred Dreyfus
    id: e-1899
    "#);
    for (event, row) in case.events.iter().zip(&rows) {
        let first = &event.passages[0];
        let source = case.sources.iter().find(|source| source.id == first.source).unwrap();
        assert_eq!(row[16], first.span.of(&source.text));
        let (start, end): (usize, usize) = (row[14].parse().unwrap(), row[15].parse().unwrap());
        assert_eq!(source.text.chars().skip(start).take(end - start).collect::<String>(), row[16]);
    }
}

#[test]
fn every_line_ends_as_the_standard_says() {
    let table = chronology(&dreyfus::case());
    assert!(table.ends_with("\r\n"));
    assert_eq!(table.matches('\n').count(), table.matches("\r\n").count(), "no quote in this case holds a line break");
}

#[test]
fn a_hostile_document_stays_text_and_comes_back_whole() {
    let mut case = dreyfus::case();
    for what in ["=cmd|' /C calc'!A0", "\"a\",b\r\n;+1", "'quoted' ;'@x"] {
        case.events[0].what = what.to_owned();
        let table = chronology(&case);
        assert_eq!(rows(&table)[0][4], what);
        let cells = table.split([',', ';', '\n', '\t']).map(|cell| cell.trim_matches(['"', ' ', '\r']));
        for cell in cells {
            assert!(!cell.starts_with(['=', '+', '@']), "{cell}");
        }
    }
}
