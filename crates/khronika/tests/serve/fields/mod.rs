//! What an attacker writes into the fields of papers of every format is text on every page.

mod package;
mod papers;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use scraper::{Html, Selector};

use super::{Workspace, done};

/// Where the papers are left for the walk in a browser: a folder that is made anew.
const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/hostile-papers");

/// How many pages are looked at.
const PAGES: usize = 600;

#[test]
fn nothing_in_any_field_of_any_format_is_markup() {
    let folder = Path::new(FOLDER);
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    let papers = papers::all();
    for (name, bytes) in &papers {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    done(dir, &["key", "new", "ada.identity"]);
    done(dir, &["init", "doe.khronika", "--label", &papers::line(), "--identity", "ada.identity"]);
    let from = ["--from", &papers::line(), "--identity", "ada.identity", "--quiet"];
    let added = super::khronika(dir, &[&["add", "doe.khronika", FOLDER], &from[..]].concat()).output().unwrap();
    assert!(matches!(added.status.code(), Some(0 | 1 | 3)), "{}", String::from_utf8_lossy(&added.stderr));
    let workspace = Workspace::start(dir);
    workspace.until("/sources", "data-entry");

    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    let (mut known, mut todo) = (BTreeSet::new(), VecDeque::from(["/".to_owned()]));
    while let Some(address) = todo.pop_front().filter(|_| known.len() < PAGES) {
        let answer = workspace.get(&address);
        assert!(answer.status < 500, "{address}: {}", answer.status);
        let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if answer.status != 200 || !is_page {
            continue;
        }
        let body = answer.text();
        let page = Html::parse_document(&body);
        harmless(&address, &body, &page);
        for link in page.select(&Selector::parse("a[href]").unwrap()).filter_map(|link| link.attr("href")) {
            let path = link.split('#').next().unwrap().to_owned();
            if path.starts_with('/') && known.insert(path.clone()) {
                todo.push_back(path);
            }
        }
        if address.starts_with("/source/") && !address.contains('?') {
            let select = |what: &str| -> String {
                page.select(&Selector::parse(what).unwrap()).flat_map(|node| node.text()).collect()
            };
            shown.insert(select("main > h2"), select(".words-of"));
        }
    }
    // Each of the papers is there, and holds what was written into it, as text.
    for (name, _) in &papers {
        let of = shown.iter().filter(|(shown, _)| shown.contains(name.as_str()) || name.contains(shown.as_str()));
        let texts: Vec<&String> = of.map(|(_, text)| text).collect();
        assert!(!texts.is_empty(), "{name} is not shown: {:?}", shown.keys());
        // Pages of PDF documents are broken into lines.
        let is_there = |text: &&&String| text.replace(['\n', ' '], "").contains("<script>window.__xss=1");
        assert!(texts.iter().any(|text| is_there(&text)), "{name} lacks what was written into it: {texts:?}");
    }
    workspace.end();
}

/// Nothing in a page comes from a document but text.
fn harmless(address: &str, body: &str, page: &Html) {
    let all = |what: &str| page.select(&Selector::parse(what).unwrap()).collect::<Vec<_>>();
    let is_drawn = !all("#sheet").is_empty();
    for what in ["b", "iframe", "style", "base", "meta[http-equiv]", "math", "details[ontoggle]", "[style]", "[srcdoc]"]
    {
        assert!(all(what).is_empty(), "{address} has {what}");
    }
    // A document that is a picture is drawn as one, from the bytes that were received.
    let pictures = all("img").into_iter().filter_map(|node| node.attr("src"));
    let is_original = |src: &str| src.starts_with("/source/s-") && src.ends_with("/original");
    assert!(pictures.into_iter().all(|src| is_drawn && is_original(src)), "{address}");
    for node in all("*") {
        let bad = node.value().attrs().find(|(name, _)| name.starts_with("on"));
        assert_eq!(bad, None, "{address}");
        for name in ["href", "action", "src", "formaction", "xlink:href"] {
            let to = node.attr(name).unwrap_or("/");
            let is_ours = to.starts_with('/') && !to.starts_with("//") || to.starts_with('#') || to == "data:,";
            assert!(is_ours, "{address}: {to}");
        }
    }
    let scripts: Vec<&str> = all("script").iter().map(|script| script.attr("src").unwrap_or_default()).collect();
    let expected = ["/look/workspace.js", "/look/sheet.mjs"];
    assert_eq!(scripts, expected.split_at(if is_drawn { 2 } else { 1 }).0, "{address}");
    let control = body.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
    assert_eq!(control, None, "{address}");
}
