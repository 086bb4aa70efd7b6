//! The same for programs.

use axum::body::Body;
use axum::http::{Method, header};
use serde_json::{Value, json};

use super::desk::Memory;
use super::{Answer, Browser, HOST, dreyfus, run, send};

fn value(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

pub(super) async fn post(browser: &Browser, address: &str, body: &Value) -> Answer {
    let token = value(&browser.get("/api/session").await)["csrf"].as_str().unwrap().to_owned();
    let request = browser.request(Method::POST, address).header(header::ORIGIN, format!("http://{HOST}"));
    let request = request.header("x-csrf-token", token).header(header::CONTENT_TYPE, "application/json");
    send(&browser.app, request.body(Body::from(body.to_string())).unwrap()).await
}

#[test]
fn lists_are_given_as_in_case_json() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let case = value(&browser.get("/api/case").await);
        for list in khronika_show::json::List::ALL.map(khronika_show::json::List::name) {
            let answer = value(&browser.get(&format!("/api/{list}?limit=2")).await);
            assert_eq!(answer["total"], case[list], "{list}");
            let items = answer["items"].as_array().unwrap();
            assert_eq!(items.len(), usize::try_from(case[list].as_u64().unwrap()).unwrap().min(2));
            if let Some(id) = items.first().and_then(|item| item["id"].as_str()) {
                assert_eq!(value(&browser.get(&format!("/api/{list}/{id}")).await), items[0]);
            }
        }
        assert_eq!(browser.get("/api/nothing").await.status, 404);
        assert_eq!(value(&browser.get("/api/events/e-none").await)["error"]["kind"], "missing");
        assert!(!value(&browser.get("/api/search?q=Dreyfus").await)["hits"].as_array().unwrap().is_empty());
    });
}

#[test]
fn judgments_are_made_refused_and_taken_back() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let id = value(&browser.get("/api/events?limit=1").await)["items"][0]["id"].clone();
        let say = json!({"verdict": "confirm", "about": [id], "seen": 0, "words": "I was there"});
        let made = post(&browser, "/api/judgments", &say).await;
        assert_eq!((made.status.as_u16(), value(&made)["entry"].as_u64()), (201, Some(0)));
        assert_eq!(post(&browser, "/api/judgments", &say).await.status, 409);
        assert_eq!(value(&browser.get("/api/journal").await)[0]["can_be_undone"], true);
        assert_eq!(post(&browser, "/api/judgments/0/withdraw", &json!({})).await.status, 201);
        for wrong in
            [json!({}), json!([]), json!({"verdict": "praise", "about": ["e"], "seen": 0}), json!({"verdict": "note"})]
        {
            assert_eq!(post(&browser, "/api/judgments", &wrong).await.status, 422, "{wrong}");
        }
        assert_eq!(post(&browser, "/api/lock", &json!({})).await.status, 204);
        assert_eq!(value(&browser.get("/api/events").await)["error"]["kind"], "locked");
    });
}

#[test]
fn the_description_names_every_call() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let description = value(&browser.get("/api/openapi.json").await);
        assert!(description["openapi"].as_str().unwrap().starts_with("3.1"), "{}", description["openapi"]);
        for path in [
            "/api/session",
            "/api/case",
            "/api/{list}",
            "/api/{list}/{id}",
            "/api/judgments",
            "/api/search",
            "/api/journal",
        ] {
            assert!(description["paths"].get(path).is_some(), "{path}");
        }
    });
}

#[test]
fn numbers_that_are_none_are_refused() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        for address in [
            "/api/events?limit=many",
            "/api/events?limit=1001",
            "/api/events?offset=-1",
            "/api/events?offset=9223372036854775808",
            "/api/judgments?limit=1.5",
            "/api/journal?before=x",
        ] {
            assert_eq!(browser.get(address).await.status, 422, "{address}");
        }
        let past = value(&browser.get("/api/events?offset=9223372036854775807&limit=1000").await);
        assert_eq!(past["items"], json!([]));
    });
}

#[test]
fn every_answer_is_described() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        let description = value(&browser.get("/api/openapi.json").await);
        let calls = description["paths"].as_object().unwrap().values().flat_map(|calls| calls.as_object().unwrap());
        for (method, call) in calls {
            let responses = call["responses"].as_object().unwrap();
            for status in ["401", "403", "421", "423", "503"] {
                assert!(responses.contains_key(status), "{method} {call} lacks {status}");
            }
            assert_eq!(call["security"][0].get("token").is_some(), method == "post", "{call}");
        }
        assert_eq!(description["paths"]["/api/{list}"]["get"]["parameters"][0]["schema"]["enum"][0], "sources");
        let schemes = &description["components"]["securitySchemes"];
        assert_eq!(schemes["token"]["name"], "x-csrf-token");
        assert!(browser.cookie.starts_with(schemes["session"]["name"].as_str().unwrap()));
    });
}

#[test]
fn who_asks_in_another_way_is_told_how() {
    run(async {
        let browser = Browser::open(Memory::new(dreyfus::case())).await;
        for (address, allow) in [("/api/case", "GET,HEAD"), ("/api/lock", "POST"), ("/api/judgments", "GET,HEAD,POST")]
        {
            let answer = send(&browser.app, browser.request(Method::PUT, address).body(Body::empty()).unwrap()).await;
            assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, allow), "{address}");
        }
    });
}
