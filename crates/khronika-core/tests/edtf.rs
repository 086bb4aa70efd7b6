//! EDTF against the vectors of python-edtf, all of them.
//!
//! `vectors/python-edtf.json` is a copy; with `KHRONIKA_SHARED` set, the folder that it was copied from is run as well. What that library
//! says of bounds is taken as it stands but for what is its own and not the standard's: see [`expected`].

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;

use khronika_core::{Day, Edtf};
use serde_json::Value;

fn all() -> Vec<Value> {
    let own = serde_json::from_str(include_str!("vectors/python-edtf.json")).unwrap();
    let shared = std::env::var_os("KHRONIKA_SHARED").map(PathBuf::from).map(|shared| {
        let text = std::fs::read_to_string(shared.join("conformance/edtf-py/edtf_vectors.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    });
    std::iter::once(own).chain(shared).collect()
}

fn day(text: &str) -> Option<Day> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mut parts = text.split('-');
    // Years of more than four digits, and infinity, are outside the calendar.
    let year: i16 = parts.next()?.parse().ok()?;
    Day::new(sign * year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?).ok()
}

/// The first and the last day that a vector gives, with these corrections:
/// - an unknown side of an interval (`/2006`) has no bound there, not one ten years away;
/// - what stands behind the bounds is that library's padding of `?` and `~`, except where the digits of a year are counted (`1950S2`);
/// - a winter may be at the beginning of the year or at its end with the two months after it, not in December alone;
/// - a year of which nothing is known has no bounds, nor has one outside the calendar.
fn expected(edtf: &str, bounds: &[Value]) -> (Option<Day>, Option<Day>) {
    let at = |n: usize| bounds.get(n).and_then(Value::as_str).and_then(day);
    match edtf {
        "/2006" => return (None, at(1)),
        "2004-06-01/" | "1984-06-02?/" => return (at(0), None),
        "2010-24" => return (day("2010-01-01"), day("2011-02-28")),
        "XXXX-XX-23" => return (None, None),
        _ => {}
    }
    match (edtf.contains('S'), bounds.len()) {
        (true, _) => (at(2), at(3)),
        (false, 1 | 3) => (at(0), at(0)),
        _ => (at(0), at(1)),
    }
}

#[test]
fn what_is_valid_is_read_with_its_bounds_and_printed_again() {
    for vectors in all() {
        let valid = vectors["valid"].as_array().unwrap();
        assert_eq!(valid.len(), 90);
        for vector in valid {
            let text = vector["edtf"].as_str().unwrap();
            let edtf = Edtf::parse(text).unwrap();
            assert_eq!(edtf.as_str(), text.replace(' ', ""), "a list is printed without spaces, all else as it stands");
            assert_eq!(Edtf::parse(edtf.as_str()).as_ref(), Ok(&edtf));
            assert_eq!(edtf.bounds(), expected(text, vector["bounds"].as_array().unwrap()), "{text}");
        }
    }
}

#[test]
fn what_is_invalid_is_refused() {
    for vectors in all() {
        let invalid = vectors["invalid"].as_array().unwrap();
        assert_eq!(invalid.len(), 17);
        for text in invalid.iter().filter_map(Value::as_str) {
            assert!(Edtf::parse(text).is_err(), "{text}");
        }
    }
    // What that library accepts, and the calendar does not have.
    for text in ["2005-02-29", "1985-04-31", "1900-02-29", "2006-02/2005-12", "2005-02-29/2006", "{2005-02-29}"] {
        assert!(Edtf::parse(text).is_err(), "{text}");
    }
}

#[test]
fn qualifiers_are_seen() {
    for vectors in all() {
        let qualifiers = vectors["qualifiers"].as_array().unwrap();
        assert_eq!(qualifiers.len(), 26);
        for vector in qualifiers {
            let edtf = Edtf::parse(vector[0].as_str().unwrap()).unwrap();
            let is = |n: usize| vector[1][n] == true;
            assert_eq!(edtf.is_uncertain(), is(0) || is(2), "{edtf}");
            assert_eq!(edtf.is_approximate(), is(1) || is(2), "{edtf}");
        }
    }
}
