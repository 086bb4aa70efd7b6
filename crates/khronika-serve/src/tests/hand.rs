//! What is added by hand: words are found and chosen, and what they say is taken down.

use super::api::post;
use super::desk::Memory;
use super::{Browser, dreyfus, run, select, text};

async fn browser() -> Browser {
    Browser::open(Memory::new(dreyfus::case())).await
}

/// The first source, its first words, and the first word that stands in it more than once.
fn words() -> (String, String, String) {
    let case = dreyfus::case();
    let source = &case.sources[0];
    let mut all = source.text.split_whitespace();
    let long = |word: &&str| word.len() > 3;
    let twice = all.clone().filter(long).find(|word| khronika_core::places(&source.text, word, 9).len() > 1);
    let first: Vec<&str> = all.by_ref().take(6).collect();
    (source.id.to_string(), first.join(" "), twice.unwrap().to_owned())
}

fn query(fields: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!("/hand?{query}")
}

#[test]
fn words_are_typed_and_what_they_say_is_added_without_scripts() {
    run(async {
        let (browser, (source, first, _)) = (browser().await, words());
        let page = browser.get("/chronology").await.page();
        assert_eq!(select(&page, "a[href='/hand']").len(), 1);
        let page = browser.get("/hand").await;
        assert!(select(&page.page(), "form[action='/hand'] textarea[name=q]").len() == 1, "{}", page.body);
        let page = browser.get(&query(&[("source", &source), ("q", &first)])).await.page();
        let field = |name: &str| {
            select(&page, &format!("form[method=post][action='/hand'] [name={name}]"))[0]
                .attr("value")
                .unwrap()
                .to_owned()
        };
        let (from, to) = (field("from"), field("to"));
        assert_eq!((field("source"), field("what"), from.as_str()), (source.clone(), "event".to_owned(), "0"));
        // Each kind has its own form.
        let kinds: Vec<&str> = select(&page, "nav.pages a").iter().filter_map(|a| a.attr("href")).collect();
        assert_eq!(kinds.len(), 4);
        for (kind, own) in kinds.iter().zip(["title", "outcomes", "stance", "name"]) {
            let page = browser.get(kind).await.page();
            assert_eq!(select(&page, &format!("form[method=post] [name={own}]")).len(), 1, "{kind}");
        }
        let fields = [
            ("source", source.as_str()),
            ("from", &from),
            ("to", &to),
            ("what", "event"),
            ("status", "actual"),
            ("seen", "0"),
            ("date", "1894-10"),
            ("title", "It began"),
            ("words", "as I read it"),
        ];
        let said = browser.post("/hand", &fields).await;
        let address = said.header("location").to_owned();
        assert!(address.starts_with("/event/e-") && address.ends_with("?said=0"), "{address}");
        let page = browser.get(&address).await;
        for words in ["It began", "a person, by hand", "as I read it", "decision added"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        // It is decided already, and can be taken back.
        let id = address.trim_start_matches("/event/").split('?').next().unwrap();
        assert!(!browser.get("/next").await.header("location").contains(id));
        assert_eq!(select(&page.page(), ".said form[action='/withdraw']").len(), 1);
        // The same, added from an older page, is refused with what was said.
        let again = browser.post("/hand", &fields).await;
        assert_eq!((again.status.as_u16(), select(&again.page(), ".touched li").len()), (409, 1));
    });
}

#[test]
fn of_words_that_stand_several_times_one_place_is_chosen() {
    run(async {
        let (browser, (source, _, twice)) = (browser().await, words());
        let page = browser.get(&query(&[("source", &source), ("q", &twice)])).await.page();
        let places: Vec<&str> = select(&page, "ol.hits a").iter().filter_map(|a| a.attr("href")).collect();
        assert!(places.len() > 1);
        let second = browser.get(places[1]).await.page();
        let from =
            |page: &scraper::Html| select(page, "form[method=post] [name=from]")[0].attr("value").unwrap().to_owned();
        assert_ne!(from(&second), "0");
        // The script says which one was selected.
        let selected = browser.get(&query(&[("source", &source), ("q", &twice), ("nth", "1")])).await.page();
        assert_eq!(from(&selected), from(&second));
        // It counts on the leaf that it sees.
        let leaf = from(&selected);
        let counted = [("source", &*source), ("q", &twice), ("nth", "0"), ("leaf", &leaf)];
        assert_eq!(from(&browser.get(&query(&counted)).await.page()), leaf);
        let none = browser.get(&query(&[("source", &source), ("q", "no such words")])).await.page();
        assert_eq!(select(&none, "p.bad").len(), 1);
        // Documents are named by a part of their names, and chosen.
        let several = browser.get(&query(&[("source", "."), ("q", &twice)])).await.page();
        assert!(select(&several, "main ul a[href^='/hand?']").len() > 1);
        assert!(text(select(&several, "main")[0]).contains(&dreyfus::case().sources[0].name));
    });
}

#[test]
fn what_cannot_be_added_is_refused() {
    run(async {
        let (browser, (source, ..)) = (browser().await, words());
        let good = [
            ("source", source.as_str()),
            ("from", "0"),
            ("to", "9"),
            ("what", "actor"),
            ("name", "A"),
            ("kind", "person"),
        ];
        for (name, value, status) in [
            ("source", "s-0000000000", 404),
            ("to", "0", 422),
            ("to", "99999999", 422),
            ("what", "song", 422),
            ("kind", "hero", 422),
            ("date", "soon", 422),
            ("seen", "", 422),
        ] {
            let fields = good.into_iter().chain([("seen", "0")]).filter(|(field, _)| *field != name);
            let fields: Vec<_> = fields.chain([(name, value)]).collect();
            assert_eq!(browser.post("/hand", &fields).await.status, status, "{name}={value}");
        }
        assert_eq!(browser.post("/judge", &[("verdict", "add"), ("about", "e-1"), ("seen", "0")]).await.status, 422);
        // A program adds in the same way.
        let said = serde_json::json!({"verdict": "add", "seen": 0, "title": "It began",
            "added": {"what": "event", "source": source, "start": 0, "end": 9, "status": "actual"}});
        let answer = post(&browser, "/api/judgments", &said).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let wrong = serde_json::json!({"verdict": "add", "seen": 0, "added": {"what": "event", "source": source, "start": 9, "end": 0}});
        assert_eq!(post(&browser, "/api/judgments", &wrong).await.status, 422);
    });
}
