//! What people say is taken down, shown, refused where others spoke meanwhile, and taken back.

use khronika_core::Alike;

use super::desk::Memory;
use super::{Browser, dreyfus, run, select, text};

async fn browser() -> Browser {
    Browser::open(Memory::new(dreyfus::case())).await
}

/// The first event of the chronology.
async fn first(browser: &Browser) -> String {
    let page = browser.get("/chronology").await.page();
    select(&page, ".chronology tr[id]")[0].attr("id").unwrap().to_owned()
}

#[test]
fn a_finding_is_confirmed_and_the_confirmation_is_taken_back() {
    run(async {
        let browser = browser().await;
        let id = first(&browser).await;
        let said = browser
            .post("/judge", &[("verdict", "confirm"), ("about", &id), ("seen", "0"), ("words", "I was there")])
            .await;
        assert_eq!(said.header("location"), format!("/event/{id}?said=0"));
        let page = browser.get(said.header("location")).await;
        assert!(page.body.contains("I was there") && page.body.contains("decision confirmed"), "{}", page.body);
        assert_eq!(select(&page.page(), ".said form[action='/withdraw']").len(), 1, "it can be undone at once");
        let back = browser.post("/withdraw", &[("number", "0"), ("back", &format!("/event/{id}"))]).await;
        assert_eq!(back.header("location"), format!("/event/{id}"));
        assert!(!browser.get(back.header("location")).await.body.contains("decision confirmed"));
    });
}

#[test]
fn what_is_rejected_is_in_the_case_no_more_but_can_be_taken_back() {
    run(async {
        let browser = browser().await;
        let id = first(&browser).await;
        browser.post("/judge", &[("verdict", "reject"), ("about", &id), ("seen", "0")]).await;
        assert_ne!(first(&browser).await, id);
        let page = browser.get(&format!("/event/{id}")).await;
        assert_eq!(page.status, 200);
        assert_eq!(select(&page.page(), "form[action='/withdraw']").len(), 1);
        browser.post("/withdraw", &[("number", "0")]).await;
        assert_eq!(first(&browser).await, id);
    });
}

#[test]
fn what_was_said_is_shown_before_the_case_is_weighed_anew() {
    run(async {
        let memory = Memory::new(dreyfus::case());
        let desk = memory.seen();
        let browser = Browser::open(memory).await;
        let id = first(&browser).await;
        let seen = |page: &scraper::Html| {
            let row = select(page, &format!("tr[id='{id}'] input[name=seen]"));
            row[0].attr("value").unwrap().to_owned()
        };
        desk.busy(true);
        browser.post("/judge", &[("verdict", "confirm"), ("about", &id), ("seen", "0")]).await;
        let page = browser.get("/chronology").await.page();
        assert_eq!(select(&page, &format!("tr[id='{id}'] .decision.confirmed")).len(), 1);
        let next = browser.get("/next").await;
        assert!(!next.header("location").contains(&id), "it is decided: {}", next.header("location"));
        // Whoever sees that may change their mind.
        let said = browser.post("/judge", &[("verdict", "reject"), ("about", &id), ("seen", &seen(&page))]).await;
        assert_eq!(said.status, 303);
        let page = browser.get("/chronology").await.page();
        assert_eq!(select(&page, &format!("tr[id='{id}'] .decision.rejected")).len(), 1);
        desk.busy(false);
        browser.workspace.weigh().await;
        assert_ne!(first(&browser).await, id, "now it is in the case no more");
    });
}

#[test]
fn two_who_speak_of_one_thing_do_not_overwrite_one_another() {
    run(async {
        let browser = browser().await;
        let id = first(&browser).await;
        // Two tabs were opened when the journal was empty.
        browser.post("/judge", &[("verdict", "reject"), ("about", &id), ("seen", "0"), ("words", "theirs")]).await;
        let refused =
            browser.post("/judge", &[("verdict", "confirm"), ("about", &id), ("seen", "0"), ("words", "mine")]).await;
        assert_eq!(refused.status, 409);
        let page = refused.page();
        assert!(
            text(select(&page, "#yours")[0].parent().and_then(scraper::ElementRef::wrap).unwrap()).contains("mine")
        );
        assert_eq!(select(&page, ".touched li").len(), 1);
        assert_eq!(text(select(&page, ".touched time")[0]), "2026-11-30 10:00 UTC");
        // It can be said all the same.
        let again = select(&page, "form[action='/judge'] input[name=seen]")[0].attr("value").unwrap().to_owned();
        let said = browser.post("/judge", &[("verdict", "confirm"), ("about", &id), ("seen", &again)]).await;
        assert_eq!(said.status, 303);
    });
}

#[test]
fn what_is_said_of_another_finding_is_no_conflict() {
    run(async {
        let browser = browser().await;
        let page = browser.get("/chronology").await.page();
        let ids: Vec<String> =
            select(&page, ".chronology tr[id]").iter().map(|row| row.attr("id").unwrap().to_owned()).collect();
        browser.post("/judge", &[("verdict", "confirm"), ("about", &ids[0]), ("seen", "0")]).await;
        let said = browser.post("/judge", &[("verdict", "confirm"), ("about", &ids[1]), ("seen", "0")]).await;
        assert_eq!(said.status, 303);
    });
}

#[test]
fn what_makes_no_sense_is_refused() {
    run(async {
        let browser = browser().await;
        let id = first(&browser).await;
        for fields in [
            &[("verdict", "praise"), ("about", &*id), ("seen", "0")][..],
            &[("verdict", "confirm"), ("seen", "0")],
            &[("verdict", "confirm"), ("about", &id)],
            &[("verdict", "correct"), ("about", &id), ("seen", "0")],
            &[("verdict", "correct"), ("about", &id), ("seen", "0"), ("date", "soon")],
            &[("verdict", "merge"), ("about", &id), ("seen", "0"), ("other", "9999")],
            &[("verdict", "link"), ("about", &id), ("seen", "0"), ("other", "2"), ("effect", "praises")],
        ] {
            assert_eq!(browser.post("/judge", fields).await.status, 422, "{fields:?}");
        }
        let merged =
            browser.post("/judge", &[("verdict", "merge"), ("about", &id), ("seen", "0"), ("other", "2")]).await;
        assert_eq!(merged.status, 303);
        assert_eq!(browser.post("/withdraw", &[("number", "77")]).await.status, 404);
    });
}

#[test]
fn the_next_undecided_finding_is_gone_to() {
    run(async {
        let browser = browser().await;
        let id = first(&browser).await;
        let next = browser.get("/next").await;
        assert!(next.header("location").contains(&format!("event={id}")), "{}", next.header("location"));
        browser.post("/judge", &[("verdict", "confirm"), ("about", &id), ("seen", "0")]).await;
        assert!(!browser.get("/next").await.header("location").contains(&format!("event={id}#")));
        let address = browser.get(&format!("/next?after={id}")).await.header("location").to_owned();
        let page = browser.get(&address).await.page();
        assert_eq!(select(&page, ".margin li.here").len(), 1, "{address}");
    });
}

#[test]
fn actors_are_merged_split_and_suggested() {
    run(async {
        let mut case = dreyfus::case();
        let (a, b) = (case.actors[0].clone(), case.actors[1].clone());
        case.alike.push(Alike { actors: [a.id.clone(), b.id.clone()], because: "they look alike".to_owned() });
        let browser = Browser::open(Memory::new(case)).await;
        let page = browser.get("/actors").await;
        assert!(page.body.contains("they look alike."));
        let ids: Vec<String> = select(&page.page(), ".alike input[name=about]")
            .iter()
            .map(|i| i.attr("value").unwrap().to_owned())
            .collect();
        assert_eq!(ids, [a.id.clone(), b.id.clone()]);
        let both =
            [("about", &*a.id), ("about", &*b.id), ("seen", "0"), ("back", "/actors"), ("words", "her maiden name")];
        let said = browser.post("/judge", &[&both[..], &[("verdict", "merge")]].concat()).await;
        assert_eq!(said.header("location"), "/actors?said=0");
        // The page of the actor says who said it, with undo, and has its name once.
        let page = browser.get(&format!("/actor/{}", a.id)).await;
        assert!(page.body.contains("her maiden name") && page.body.contains("taken for one"));
        assert_eq!(select(&page.page(), "section form[action='/withdraw']").len(), 1);
        assert_eq!(select(&page.page(), "main h2").iter().filter(|h| text(**h) == a.name).count(), 1);
        assert!(select(&page.page(), "main th[scope=row]").is_empty());
        // Another one is named by its name, and must be one.
        let c = &dreyfus::case().actors[2];
        let named =
            browser.post("/judge", &[("verdict", "merge"), ("about", &a.id), ("other", &c.name), ("seen", "1")]).await;
        assert_eq!(named.header("location"), format!("/actor/{}?said=1", a.id));
        let nobody =
            browser.post("/judge", &[("verdict", "merge"), ("about", &a.id), ("other", "Nobody"), ("seen", "2")]).await;
        assert_eq!(nobody.status, 422);
        let form = a.names.last().unwrap().text.clone();
        let fields = [("verdict", "split"), ("about", &*a.id), ("form", &form), ("seen", "2"), ("back", "/actors?q=x")];
        assert_eq!(browser.post("/judge", &fields).await.header("location"), "/actors?q=x&said=2");
        assert!(browser.get("/judgments").await.body.contains("another is called"));
        let theirs =
            browser.post("/judge", &[("verdict", "note"), ("about", &a.id), ("seen", "0"), ("words", "x")]).await;
        assert_eq!(theirs.status, 409);
        assert!(theirs.body.contains(&format!("/actor/{}", a.id)));
    });
}
