//! What a page holds and does not show.

use super::dom::{Data, Dom, Id, Node, Step};

/// Hidden text of at least this many bytes is worth a word to the user (menus and the lines that mail programs preview are shorter).
pub(super) const LONG: usize = 400;

/// A ground is looked for in so many elements around letters.
const NEAR: usize = 12;

/// The declarations of the element's own `style`, in small letters and without white space.
fn style(dom: &Dom, id: Id) -> Option<String> {
    let style = dom.attribute(id, "style")?;
    Some(style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect())
}

/// The value of a declaration of a `style` without white space.
fn declared<'a>(style: &'a str, name: &str) -> Option<&'a str> {
    style.split(';').find_map(|d| d.strip_prefix(name)?.strip_prefix(':'))
}

/// The element is not drawn at all.
pub(super) fn is_hidden(dom: &Dom, id: Id) -> bool {
    dom.attribute(id, "hidden").is_some()
        || style(dom, id).is_some_and(|s| s.contains("display:none") || s.contains("visibility:hidden"))
}

/// The element is drawn, but in letters of no size, or of the colour of what is behind them as far as the page itself (not its style
/// sheets) says.
pub(super) fn is_unseen(dom: &Dom, id: Id) -> bool {
    let Some(style) = style(dom, id) else { return false };
    let nothing = |value: &str| {
        value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').parse::<f32>().is_ok_and(|n| n < 0.05)
    };
    if declared(&style, "font-size").is_some_and(nothing) || declared(&style, "opacity").is_some_and(nothing) {
        return true;
    }
    let Some(ink) = declared(&style, "color").map(colour) else { return false };
    let mut at = Some(id);
    for _ in 0..NEAR {
        let Some(id) = at else { return ink == "#ffffff" };
        let own = self::style(dom, id);
        let behind = own
            .as_deref()
            .and_then(|s| declared(s, "background-color").or_else(|| declared(s, "background")))
            .or_else(|| dom.attribute(id, "bgcolor"));
        if let Some(behind) = behind {
            return colour(behind) == ink;
        }
        // A style sheet may give it any ground.
        if dom.attribute(id, "class").is_some() || dom.attribute(id, "id").is_some() {
            return false;
        }
        at = dom.node(id).and_then(|n| n.parent);
    }
    false
}

/// A colour in one spelling, where it is one of the common ones.
fn colour(value: &str) -> String {
    let value = value.trim_end_matches("!important").to_ascii_lowercase();
    match value.as_str() {
        "white" | "#fff" | "rgb(255,255,255)" => "#ffffff".to_owned(),
        "black" | "#000" | "rgb(0,0,0)" => "#000000".to_owned(),
        _ => value,
    }
}

/// The running text of a hidden element: what does not stand in links, buttons, scripts.
pub(super) fn prose(dom: &Dom, id: Id) -> String {
    let mut out = String::new();
    let mut walk = dom.walk(id);
    while let Some(step) = walk.next() {
        let Step::Enter(inner) = step else { continue };
        match dom.node(inner) {
            Some(Node { data: Data::Text(text), .. }) => {
                for word in text.split_whitespace() {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
            }
            Some(Node { data: Data::Element(..), .. })
                if super::flow::SILENT.contains(&dom.name(inner))
                    || matches!(dom.name(inner), "a" | "button" | "nav" | "menu" | "form" | "label") =>
            {
                walk.pass(inner);
            }
            _ => {}
        }
    }
    out
}
