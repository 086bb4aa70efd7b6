//! Long lists, a page at a time.

use std::ops::Range;

use maud::{Markup, html};

use crate::fields::Fields;
use crate::words::Words;

/// Which page of a list is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paged {
    page: usize,
    pages: usize,
    /// The entries of the page, by their places in the list.
    pub(crate) range: Range<usize>,
}

impl Paged {
    /// The page that was asked for by its number, or the one that holds the entry at a place.
    pub(crate) fn new(all: usize, per_page: usize, query: &Fields, at: Option<usize>) -> Self {
        let pages = all.div_ceil(per_page.max(1)).max(1);
        let asked = query.number("page").and_then(|page| usize::try_from(page).ok());
        let page = at.map_or_else(|| asked.unwrap_or(1), |at| at / per_page.max(1) + 1).clamp(1, pages);
        let start = (page - 1) * per_page;
        Self { page, pages, range: start..(start + per_page).min(all) }
    }

    /// A link to the next page, for the end of a long one; nothing where there is none.
    pub(crate) fn next(&self, w: &Words, address: &str, query: &Fields) -> Markup {
        html! {
            @if self.page < self.pages {
                p.pages { a href={ (address) "?" (query.with("page", Some(&(self.page + 1).to_string()))) } { (w.t("page-after")) } }
            }
        }
    }

    /// Links to the other pages; nothing where there is one.
    pub(crate) fn links(&self, w: &Words, address: &str, query: &Fields) -> Markup {
        let to = |page: usize| format!("{address}?{}", query.with("page", Some(&page.to_string())));
        html! {
            @if self.pages > 1 {
                nav.pages aria-label=(w.t("pages")) {
                    @if self.page > 1 { a href=(to(1)) { (w.t("page-first")) } a href=(to(self.page - 1)) rel="prev" { (w.t("page-before")) } }
                    span { (self.page) " / " (self.pages) }
                    @if self.page < self.pages {
                        a href=(to(self.page + 1)) rel="next" { (w.t("page-after")) } a href=(to(self.pages)) { (w.t("page-last")) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_or_looked_up() {
        let page = |query: &str, at| Paged::new(250, 100, &Fields::parse(query.as_bytes()), at).range;
        assert_eq!(page("", None), 0..100);
        assert_eq!(page("page=3", None), 200..250);
        assert_eq!(page("page=99", None), 200..250);
        assert_eq!(page("page=0", None), 0..100);
        assert_eq!(page("page=1", Some(100)), 100..200);
        assert_eq!(Paged::new(0, 100, &Fields::default(), None).range, 0..0);
    }
}
