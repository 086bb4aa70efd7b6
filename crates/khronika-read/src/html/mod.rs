//! HTML pages as text with blocks.
//!
//! The text is made of the page's words as a reader sees them: white space collapsed as the page does, a line for each paragraph,
//! heading, item and row. Scripts, styles and hidden parts give no text; navigation and its like give blocks of
//! [`khronika_core::BlockKind::Furniture`].

mod dom;
mod flow;
mod heart;
mod mail;
mod meta;
mod sight;

use std::sync::LazyLock;

use khronika_core::Layout;
use khronika_data::Dataset;
use serde::Deserialize;

use crate::LexiconError;
use crate::rendition::{About, Remark, RemarkKind, Rendition};
pub(crate) use flow::Setting;
pub(crate) use meta::declared_encoding;

/// What marks the parts around the text.
#[derive(Debug)]
pub(crate) struct Furniture {
    roles: Vec<String>,
    words: Vec<String>,
    sure: Vec<String>,
    labels: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "for the reader of the file")]
    id: String,
    roles: Vec<String>,
    words: Vec<String>,
    sure: Vec<String>,
    labels: Vec<String>,
    #[expect(dead_code, reason = "for the reader of the file")]
    source: String,
    #[expect(dead_code, reason = "parsing checks it")]
    status: crate::structure::lexicon::Status,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test runs them"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test runs them"))]
    not: Vec<String>,
}

const FILE: &str = "structure/html.toml";

fn file(data: &Dataset) -> Result<Option<File>, LexiconError> {
    data.get(FILE).map(|text| toml::from_str(text).map_err(|e| LexiconError::new(FILE, e.to_string()))).transpose()
}

impl Furniture {
    pub(crate) fn load(data: &Dataset) -> Result<Self, LexiconError> {
        let Some(file) = file(data)? else { return Ok(Self::none()) };
        let labels = file.labels.iter().map(|label| label.to_lowercase()).collect();
        Ok(Self { roles: file.roles, words: file.words, sure: file.sure, labels })
    }

    const fn none() -> Self {
        Self { roles: Vec::new(), words: Vec::new(), sure: Vec::new(), labels: Vec::new() }
    }

    fn is_role(&self, role: &str) -> bool {
        self.roles.iter().any(|r| role.trim().eq_ignore_ascii_case(r))
    }

    /// One of the names in a `class` or `id` is made of at most three words, one of them ours, or of more with one that says it surely.
    fn is_named(&self, names: &str) -> bool {
        const MOST: usize = 8;
        names.split_whitespace().any(|name| {
            let words = words_of(name);
            let has = |list: &[String]| words.iter().any(|w| list.iter().any(|known| known == w));
            (words.len() <= 3 && has(&self.words)) || (words.len() <= MOST && has(&self.sure))
        })
    }

    /// What follows a label such as "Read also" at the beginning of a text, where it stands there as whole words.
    fn after_label<'t>(&self, text: &'t str) -> Option<&'t str> {
        const LONGEST: usize = 300;
        if text.len() > LONGEST {
            return None;
        }
        self.labels.iter().find_map(|label| {
            let mut rest = text.chars();
            let begins = label.chars().all(|c| rest.next().is_some_and(|t| t.to_lowercase().eq([c])));
            let rest = rest.as_str();
            (begins && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
        })
    }
}

/// "siteFooter_top" → site, footer, top.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && before_small) {
            words.push(String::new());
        }
        before_small = c.is_lowercase();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// The furniture of the data files that the program brings. What runs apart is given a document's bytes and nothing else.
static FURNITURE: LazyLock<Furniture> =
    LazyLock::new(|| Furniture::load(&Dataset::embedded()).unwrap_or(Furniture::none()));

/// Reads a page. `longest` is how much of its text is wanted, in bytes.
pub(crate) fn read(html: &str, setting: Setting, longest: usize) -> Rendition {
    let dom = dom::Dom::parse(html);
    let flow = flow::of(&dom, &FURNITURE, setting, longest);
    let meta = meta::Meta::of(&dom);
    let mut remarks = Vec::new();
    let mut say = |kind, what: String| remarks.push(Remark { kind, what, place: None });
    if dom.cut || flow.cut {
        say(RemarkKind::Limit, "The page is longer than is read; its end was left out".to_owned());
    }
    if flow.hidden.len >= sight::LONG {
        let (len, first) = (flow.hidden.len, &flow.hidden.first);
        say(RemarkKind::Strange, format!("The page holds text that it does not show ({len} bytes): “{first}…”"));
    }
    Rendition {
        about: About {
            title: meta.title(),
            author: meta.author(),
            date: meta.date(),
            lang: meta.language(),
            encoding: None,
            more: meta.more(),
        },
        text: flow.text,
        parts: flow.parts,
        layout: Layout { marks: sorted(flow.marks), ..Layout::default() },
        remarks,
        ..Rendition::default()
    }
}

fn sorted(mut marks: Vec<khronika_core::Mark>) -> Vec<khronika_core::Mark> {
    marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::{lexicon::Lexicon, of_parts};
    use insta::assert_snapshot;
    use khronika_core::Lang;

    fn page(html: &str) -> Rendition {
        let page = read(html, Setting::Page, usize::MAX);
        page.check().unwrap();
        page
    }

    fn told(html: &str) -> String {
        let page = page(html);
        let structure =
            of_parts(&page.text, &page.parts, &page.layout.marks, &Lexicon::load(&Dataset::embedded()).unwrap());
        let lines = structure.blocks.iter().map(|b| {
            format!("{:>10} | {}", b.kind.name(), b.span.of(&page.text).replace('\n', "⏎").replace('\t', "⇥"))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn names_of_furniture() {
        let data = Dataset::embedded();
        let furniture = Furniture::load(&data).unwrap();
        let file = file(&data).unwrap().unwrap();
        for name in file.examples {
            assert!(furniture.is_named(&name), "{name}");
        }
        for name in file.not {
            assert!(!furniture.is_named(&name), "{name}");
        }
    }

    #[test]
    fn a_news_page() {
        let html = r##"<!DOCTYPE html><html lang="fr"><head><title>La Cour annule – Le Journal</title>
            <meta property="article:published_time" content="1906-07-13T08:00:00Z">
            <style>p { color: red }</style><script>var x = "<p>1999</p>";</script></head>
            <body><nav><ul><li><a href=/>Accueil</a></li><li><a href=/m>Monde</a></li></ul></nav>
            <div class="cookie-notice">Nous utilisons des cookies.</div>
            <main><article><header><h1>La Cour annule</h1><p>Paris, <time datetime="1906-07-12">jeudi</time></p></header>
            <p>La Cour&nbsp;de cassation a <b>annulé</b>
               le jugement.<sup><a href="#n1">1</a></sup></p>
            <h2>Les faits</h2><ul><li>un premier jugement ;</li><li>un second.</li></ul>
            <blockquote><p>Attendu que rien ne reste debout.</p></blockquote>
            <p hidden>Secret</p><p style="display:none">Caché</p><noscript>Activez</noscript>
            <table><tr><th>Jour</th><th>Acte</th></tr><tr><td>12 juillet</td><td>arrêt</td></tr></table>
            <ol class="footnotes"><li id="n1">Bulletin, p. 3.</li></ol></article></main>
            <footer>© Le Journal 2020</footer></body></html>"##;
        assert_snapshot!(told(html), @r#"
        furniture | La Cour annule – Le Journal
        furniture | Accueil
        furniture | Monde
        furniture | Nous utilisons des cookies.
            title | La Cour annule
        paragraph | Paris, jeudi
        paragraph | La Cour de cassation a annulé le jugement. [1]
          heading | Les faits
        list-item | un premier jugement ;
        list-item | un second.
            quote | Attendu que rien ne reste debout.
            table | Jour⇥Acte
            table | 12 juillet⇥arrêt
         footnote | Bulletin, p. 3.
        furniture | © Le Journal 2020
        "#);
        let page = page(html);
        assert_eq!(page.about.date.map(|d| d.to_string()).as_deref(), Some("1906-07-13"));
        assert_eq!(page.about.lang, Some(Lang::FR));
    }

    #[test]
    fn a_letter_set_with_line_breaks() {
        let html = "<p>Уважаемый господин министр!</p><p>Просим освободить нашего коллегу, которого держат под стражей<br>с третьего мая без решения суда.</p>\
            <p>С уважением,<br>Анна Смирнова, учитель<br>Пётр Волков, врач</p>";
        assert_snapshot!(told(html), @r#"
        salutation | Уважаемый господин министр!
         paragraph | Просим освободить нашего коллегу, которого держат под стражей⏎с третьего мая без решения суда.
           closing | С уважением,
         signature | Анна Смирнова, учитель
         signature | Пётр Волков, врач
        "#);
    }

    #[test]
    fn a_page_laid_out_in_tables() {
        let html = "<table><tr><td><a href=/>Main</a></td><td><p>The court heard the case in May and gave its judgment in June.</p>\
            <p>It allowed the appeal.</p></td></tr></table>";
        assert_snapshot!(told(html), @r#"
        furniture | Main
        paragraph | The court heard the case in May and gave its judgment in June.
        paragraph | It allowed the appeal.
        "#);
    }

    #[test]
    fn what_stands_around_the_heading_and_its_text_is_set_apart_and_nothing_else() {
        let prose = "<p>The court heard the case of the teacher in May 2021 and gave its judgment in June 2021.</p>\
            <p>It set the order of removal aside, since the order had given no reasons whatsoever.</p>\
            <p>The ministry may appeal against the judgment within thirty days, the court added then.</p>\
            <p>The teacher, who had been held since March, was released on the evening of the same day.</p>";
        let told = |html: &str| {
            let page = page(html);
            let kept = page.parts.iter().filter(|part| part.role != crate::rendition::Role::Boilerplate);
            kept.map(|part| part.span.of(&page.text).chars().take(9).collect::<String>()).collect::<Vec<_>>().join("|")
        };
        let text = "The court|It set th|The minis|The teach";
        // The signatures stand with the text below the heading; the day of the visit and the notice stand apart.
        let letter = format!(
            "<div><div>Friday 7 May</div><div><h1>Letter</h1><div>{prose}</div><div><div>A. Smith, judge</div></div></div><div>Your choice</div></div>"
        );
        assert_eq!(told(&letter), format!("Letter|{text}|A. Smith,"));
        // A heading over the whole page says nothing of where its text is.
        let site = format!("<div><div><h1>Our paper</h1></div><div>{prose}</div><div>Signed on 3 May</div></div>");
        assert_eq!(told(&site), format!("Our paper|{text}|Signed on"));
        // Much text beside the main text is text.
        let two = format!(
            "<div><div><h1>Two</h1>{prose}{prose}{prose}</div><div>{}</div></div>",
            "<p>and more</p>".repeat(200)
        );
        assert!(told(&two).ends_with("and more"));
    }

    #[test]
    fn a_label_alone_or_before_a_link_leads_elsewhere() {
        let told = |html: &str| page(html).parts.iter().map(|part| part.role.name()).collect::<Vec<_>>().join(" ");
        assert_eq!(told("<p>Read also: <a href=/1>The order was void</a></p><p>He was heard.</p>"), "boilerplate body");
        assert_eq!(told("<p>Read also what the judge wrote in <a href=/1>the ruling</a> of 3 May.</p>"), "body");
        assert_eq!(told("<p>Readers also wrote.</p>"), "body");
    }

    #[test]
    fn elements_that_meet_are_set_apart_but_not_in_a_word() {
        let html = "<p><a href=/1>Order</a><time>3 May</time> <a href=/2>appeal</a>ed <b>N</b>o <a href=/3>one</a><a href=/4>two</a>.</p>";
        assert_eq!(page(html).text.trim(), "Order 3 May appealed No one two.");
    }

    #[test]
    fn small_raised_figures_do_not_run_into_the_number_before_them() {
        let html = "<p>in 1894<sup><a>2</a></sup> the 1<sup>er</sup> mai, 5 m<sup>2</sup></p>";
        assert!(page(html).text.contains("in 1894 [2] the 1er mai, 5 m²"), "{}", page(html).text);
    }

    #[test]
    fn dates_in_json_ld_are_read_and_nothing_is_run() {
        let html = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"1898-01-13"}]}</script><p>J'accuse</p>"#;
        assert_eq!(page(html).about.date.map(|d| d.to_string()).as_deref(), Some("1898-01-13"));
    }

    #[test]
    fn deep_pages_cost_no_stack_and_little_time() {
        let html = format!("{}The court.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(page(&html).text.trim(), "The court.");
        let html = format!("{}x", "<b><p>".repeat(20_000));
        assert_eq!(page(&html).text.trim(), "x");
        let html = format!("{}x", "<table><tr><td>".repeat(20_000));
        assert!(page(&html).text.contains('x'));
        // Each element around a label, and each that names a colour, could have been looked at for each around it.
        let label = format!("{}Read also{}", "<div>".repeat(390), "</div>".repeat(390));
        assert!(
            page(&format!("{}{}", label.repeat(20), "The court heard the case. ".repeat(100))).text.contains("heard")
        );
        let white = format!("{}x{}", "<span style=color:#fff><div>".repeat(190), "</div></span>".repeat(190));
        assert!(page(&white.repeat(20)).text.contains('x'));
    }

    proptest::proptest! {
        #[test]
        fn any_soup_is_read(html in "(<(p|div|b|table|tr|td|li|ul|h1|nav|sup|br|/p|/div|/b|/table|/li|script|/script|!--|pre)( hidden| class=nav)?>|[a-zа-я]{1,5}|[ \n&;\u{0}<>]){0,60}") {
            for setting in [Setting::Page, Setting::Mail] {
                proptest::prop_assert_eq!(read(&html, setting, 200).check(), Ok(()));
            }
        }
    }
}
