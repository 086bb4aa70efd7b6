//! A page's tree written out as text, a part for each block of it.

use std::collections::HashSet;

use khronika_core::{Mark, MarkKind, Span};

use crate::rendition::{LONGEST_ROW, Part, Role, lines};

use super::dom::{Data, Dom, Id, ROOT, Step};
use super::heart::{self, Sum};
use super::{Furniture, mail, sight};

/// What page is written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A page of a site, with navigation and the like around its text.
    #[default]
    Page,
    /// The body of a mail: nothing in it is navigation, but parts of it may be quoted from other mails.
    Mail,
}

/// The text and its parts.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub text: String,
    pub parts: Vec<Part>,
    /// Links, and words that the page hides in plain sight.
    pub marks: Vec<Mark>,
    /// Words that are not shown and were left out.
    pub hidden: Hidden,
    /// The text is longer than is read.
    pub cut: bool,
}

/// Words that a page holds and does not show.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// Bytes of running text in hidden elements.
    pub len: usize,
    /// The first of them.
    pub first: String,
}

/// Elements that give no text.
pub(super) const SILENT: [&str; 21] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "audio", "video",
    "select", "datalist", "textarea", "input", "head", "map", "progress", "meter", "frameset", "noframes",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 48] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
];

/// No more links than this are told of one page.
const MOST_MARKS: usize = 20_000;

/// A link that leads to more than this many bytes holds data, not an address.
const LONGEST_TARGET: usize = 2048;

/// Writes a page out; `longest` is how much of its text is wanted, in bytes.
pub(super) fn of(dom: &Dom, furniture: &Furniture, setting: Setting, longest: usize) -> Flow {
    let sums = heart::sums(dom);
    let around = if setting == Setting::Page { heart::around(dom, &sums, furniture) } else { HashSet::new() };
    let has_heading = dom
        .walk(ROOT)
        .any(|s| matches!(s, Step::Enter(id) if dom.name(id) == "h1" && sums.get(id).is_some_and(|s| s.text > 1)));
    let mut writer = Writer { furniture, setting, longest, sums, around, has_heading, ..Writer::new(dom) };
    writer.title();
    writer.body();
    writer.flow
}

/// Writes the text.
struct Writer<'a> {
    dom: &'a Dom,
    furniture: &'a Furniture,
    setting: Setting,
    longest: usize,
    sums: Vec<Sum>,
    /// What stands around the heading and its text.
    around: HashSet<Id>,
    has_heading: bool,
    flow: Flow,
    /// Where the part that is being written began.
    start: usize,
    /// White space stands between the last word and the next.
    space: bool,
    /// The element that ended since the last word, if one did.
    left: Option<Id>,
    /// Two elements that a page sets apart without white space meet here.
    apart: bool,
    /// Bytes of this part that are links.
    linked: usize,
    titled: bool,
    depth: Depth,
    /// The kinds that open elements give their parts, the innermost last.
    kinds: Vec<(Id, Role)>,
    /// Where open links and unseen words began, the innermost last.
    open_marks: Vec<(Id, MarkKind, usize)>,
}

/// How many elements of a sort are open.
#[derive(Default)]
struct Depth {
    furniture: u32,
    pre: u32,
    link: u32,
    article: u32,
    row: u32,
    quote: u32,
}

impl<'a> Writer<'a> {
    fn new(dom: &'a Dom) -> Self {
        static NONE: Furniture = Furniture::none();
        Self {
            dom,
            furniture: &NONE,
            setting: Setting::Page,
            longest: usize::MAX,
            sums: Vec::new(),
            around: HashSet::new(),
            has_heading: false,
            flow: Flow::default(),
            start: 0,
            space: false,
            left: None,
            apart: false,
            linked: 0,
            titled: false,
            depth: Depth::default(),
            kinds: Vec::new(),
            open_marks: Vec::new(),
        }
    }

    /// The `title` of the page: its title where it has no main heading, else furniture (it names the site as well).
    fn title(&mut self) {
        let title = self.dom.walk(ROOT).find_map(|s| match s {
            Step::Enter(id) if self.dom.name(id) == "title" && self.in_head(id) => Some(id),
            _ => None,
        });
        if let Some(id) = title {
            self.words(&self.dom.text(id));
            let kind = if self.has_heading { Role::Boilerplate } else { Role::Title };
            self.titled = !self.has_heading;
            self.end_part(Some(kind));
        }
    }

    fn in_head(&self, id: Id) -> bool {
        let parent = self.dom.node(id).and_then(|n| n.parent);
        parent.is_some_and(|p| matches!(self.dom.name(p), "head" | "html" | "body"))
    }

    fn body(&mut self) {
        let mut walk = self.dom.walk(ROOT);
        while let Some(step) = walk.next() {
            if self.flow.text.len() > self.longest {
                self.flow.cut = true;
                break;
            }
            match step {
                Step::Enter(id) => match self.dom.node(id).map(|n| &n.data) {
                    Some(Data::Text(text)) => self.words(text),
                    Some(Data::Element(..)) => {
                        if self.is_silent(id) || (self.dom.name(id) == "sup" && self.raised(id)) {
                            walk.pass(id);
                        } else {
                            self.enter(id);
                        }
                    }
                    _ => {}
                },
                Step::Leave(id) => self.leave(id),
            }
        }
        self.end_part(None);
    }

    fn is_silent(&mut self, id: Id) -> bool {
        let name = self.dom.name(id);
        if SILENT.contains(&name) || name == "title" {
            return true;
        }
        if !sight::is_hidden(self.dom, id) {
            return false;
        }
        if self.depth.furniture == 0 && !self.is_furniture(id, name) {
            let prose = sight::prose(self.dom, id);
            if prose.len() > self.flow.hidden.first.len() {
                let end = prose.floor_char_boundary(prose.len().min(120));
                self.flow.hidden.first = prose.get(..end).unwrap_or_default().to_owned();
            }
            self.flow.hidden.len += prose.len();
        }
        true
    }

    /// A raised figure: the mark of a note, in brackets; a power, as a raised digit. False where it is ordinary text.
    fn raised(&mut self, id: Id) -> bool {
        let text = self.dom.text(id);
        let figure = text.trim().trim_matches(['[', ']', '(', ')']);
        if figure.is_empty() || figure.len() > 4 || !figure.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let is_link = self.depth.link > 0
            || self.dom.walk(id).any(|s| matches!(s, Step::Enter(inner) if self.dom.name(inner) == "a"));
        let after_digit = self.flow.text.ends_with(|c: char| c.is_ascii_digit());
        if is_link || after_digit || figure.len() > 1 {
            self.space = true;
            self.words(&format!("[{figure}]"));
        } else {
            let raised: String = figure
                .chars()
                .map(|c| match c {
                    '1' => '¹',
                    '2' => '²',
                    '3' => '³',
                    '0' => '⁰',
                    c => char::from_u32('⁴' as u32 + (c as u32).saturating_sub('4' as u32)).unwrap_or(c),
                })
                .collect();
            self.words(&raised);
        }
        true
    }

    fn enter(&mut self, id: Id) {
        let name = self.dom.name(id);
        self.apart |= self.left.is_some_and(|left| meet(self.dom.name(left), name));
        if self.is_furniture(id, name) {
            self.end_part(None);
            self.depth.furniture += 1;
            self.kinds.push((id, Role::Boilerplate));
        }
        match name {
            "br" => return self.end_line(),
            "a" => {
                self.depth.link += 1;
                self.open_mark(id, MarkKind::Link);
            }
            "pre" => self.depth.pre += 1,
            "article" | "main" => self.depth.article += 1,
            _ => {}
        }
        if sight::is_unseen(self.dom, id) {
            self.open_mark(id, MarkKind::Hidden);
        }
        if self.setting == Setting::Mail
            && let Some(role) = mail::role(self.dom, id)
        {
            self.end_part(None);
            self.depth.quote += u32::from(role == Role::Quote);
            self.kinds.push((id, role));
        }
        if name == "tr" && self.is_row(id) {
            self.end_part(None);
            self.depth.row += 1;
            self.kinds.push((id, Role::TableRow));
            return;
        }
        if self.depth.row > 0 {
            if matches!(name, "td" | "th") && self.flow.text.len() > self.start {
                self.flow.text.push('\t');
                self.space = false;
            } else if BLOCKS.contains(&name) {
                self.space = true;
            }
            return;
        }
        if BLOCKS.contains(&name) {
            self.end_part(None);
        }
        let kind = match name {
            "h1" if !self.titled && self.depth.furniture == 0 => {
                self.titled = true;
                Some(Role::Title)
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Role::Heading),
            "li" | "dd" | "dt" => Some(Role::ListItem),
            "blockquote" => Some(Role::Quote),
            _ => None,
        };
        if let Some(kind) = if self.is_note(id) { Some(Role::Footnote) } else { kind } {
            self.kinds.push((id, kind));
        }
    }

    fn leave(&mut self, id: Id) {
        let name = self.dom.name(id);
        self.left = Some(id);
        let own_kind = self.kinds.last().is_some_and(|(owner, _)| *owner == id);
        let row_ends = own_kind && name == "tr" && self.depth.row > 0;
        if (BLOCKS.contains(&name) && self.depth.row == 0) || row_ends || own_kind {
            self.end_part(None);
        }
        self.depth.row -= u32::from(row_ends);
        while let Some((_, kind)) = self.kinds.pop_if(|(owner, _)| *owner == id) {
            self.depth.furniture -= u32::from(kind == Role::Boilerplate);
            // The last of two for one element (a `blockquote` that a mail program named) counts nothing.
            self.depth.quote = self.depth.quote.saturating_sub(u32::from(kind == Role::Quote));
        }
        // What follows is the mail that the element is the head of.
        self.depth.quote += u32::from(self.setting == Setting::Mail && mail::is_head_before(self.dom, id));
        while let Some((_, kind, start)) = self.open_marks.pop_if(|(owner, ..)| *owner == id) {
            self.mark(id, kind, start);
        }
        match name {
            "a" => self.depth.link = self.depth.link.saturating_sub(1),
            "pre" => self.depth.pre = self.depth.pre.saturating_sub(1),
            "article" | "main" => self.depth.article = self.depth.article.saturating_sub(1),
            _ => {}
        }
    }

    fn open_mark(&mut self, id: Id, kind: MarkKind) {
        if self.open_marks.len() + self.flow.marks.len() < MOST_MARKS {
            self.open_marks.push((id, kind, self.flow.text.len()));
        }
    }

    /// Marks what was written since `start`.
    fn mark(&mut self, id: Id, kind: MarkKind, start: usize) {
        let span = Span::new(start.min(self.flow.text.len()), self.flow.text.len()).trim(&self.flow.text);
        let target = self.dom.attribute(id, "href").map(str::trim).unwrap_or_default();
        let leads = !target.is_empty() && !target.starts_with('#') && target.len() <= LONGEST_TARGET;
        if span.is_empty() || (kind == MarkKind::Link && !leads) {
            return;
        }
        let note = (kind == MarkKind::Link).then(|| target.to_owned());
        self.flow.marks.push(Mark { span, kind, author: None, date: None, note });
    }

    /// Navigation, the page's own head and foot, and what is named like them.
    fn is_furniture(&self, id: Id, name: &str) -> bool {
        if self.setting == Setting::Mail {
            return false;
        }
        if matches!(name, "nav" | "button" | "menu") || self.around.contains(&id) {
            return true;
        }
        if matches!(
            name,
            "" | "html" | "body" | "main" | "article" | "span" | "a" | "li" | "td" | "th" | "tr" | "b" | "i"
        ) {
            return false;
        }
        let sum = self.sums.get(id).copied().unwrap_or_default();
        let whole = self.sums.get(ROOT).map_or(0, |s| s.text);
        if sum.main_heading || sum.text * 2 > whole {
            return false;
        }
        (matches!(name, "footer" | "header" | "aside") && self.depth.article == 0)
            || name == "aside"
            || self.dom.attribute(id, "role").is_some_and(|role| self.furniture.is_role(role))
            || ["class", "id"]
                .iter()
                .any(|a| self.dom.attribute(id, a).is_some_and(|names| self.furniture.is_named(names)))
    }

    /// A note by its role, or by a class or id that names one.
    fn is_note(&self, id: Id) -> bool {
        let names = |names: &str| {
            names.split_whitespace().any(|name| {
                let words = super::words_of(name);
                words.iter().any(|w| matches!(w.as_str(), "footnote" | "footnotes" | "endnote" | "endnotes"))
            })
        };
        matches!(self.dom.name(id), "div" | "p" | "li" | "ol" | "ul" | "section" | "dd")
            && (self
                .dom
                .attribute(id, "role")
                .is_some_and(|r| matches!(r, "doc-footnote" | "doc-endnote" | "doc-endnotes"))
                || ["class", "id"].iter().any(|a| self.dom.attribute(id, a).is_some_and(names)))
    }

    /// A row of several short cells. Tables that lay out a page have long cells, or lists and tables in them.
    fn is_row(&self, id: Id) -> bool {
        let sum = self.sums.get(id).copied().unwrap_or_default();
        if sum.heavy || sum.text > LONGEST_ROW {
            return false;
        }
        let mut cells = 0;
        let mut child = self.dom.node(id).and_then(|n| n.first);
        while let Some(cell) = child {
            let sum = self.sums.get(cell).copied().unwrap_or_default();
            cells += u32::from(matches!(self.dom.name(cell), "td" | "th") && sum.text > 0);
            if sum.paragraphs > 1 {
                return false;
            }
            child = self.dom.node(cell).and_then(|n| n.next);
        }
        cells >= 2
    }

    /// Writes words, their white space collapsed but for preformatted text.
    fn words(&mut self, text: &str) {
        if self.depth.pre > 0 && self.depth.row == 0 {
            for (n, line) in text.split('\n').enumerate() {
                if n > 0 {
                    self.end_line();
                }
                self.collapsed(line);
            }
        } else {
            self.collapsed(text);
        }
    }

    fn collapsed(&mut self, text: &str) {
        // A no-break space is a space to the reader of words, and is kept as it stands.
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
        for (n, word) in text.split(is_space).enumerate() {
            self.space |= n > 0;
            if word.is_empty() {
                continue;
            }
            self.left = None;
            let apart = std::mem::take(&mut self.apart)
                && self.flow.text.ends_with(char::is_alphanumeric)
                && word.starts_with(char::is_alphanumeric);
            if (std::mem::take(&mut self.space) || apart)
                && self.flow.text.len() > self.start
                && !self.flow.text.ends_with(['\n', '\t'])
            {
                self.flow.text.push(' ');
            }
            self.flow.text.push_str(word);
            if self.depth.link > 0 {
                self.linked += word.len() + 1;
            }
        }
    }

    /// A line break inside a part. Where the line before it ends a sentence or the next begins with a capital, the part ends here.
    fn end_line(&mut self) {
        if self.depth.row > 0 {
            self.space = true;
            return;
        }
        if self.flow.text.len() > self.start && !self.flow.text.ends_with('\n') {
            self.flow.text.push('\n');
        }
        self.space = false;
    }

    /// Ends the part that is being written. `kind`: what it is, whatever the open elements say.
    fn end_part(&mut self, kind: Option<Role>) {
        let span = Span::new(self.start, self.flow.text.len());
        let linked = std::mem::take(&mut self.linked);
        self.space = false;
        if span.trim(&self.flow.text).is_empty() {
            self.flow.text.truncate(self.start);
            let end = self.flow.text.len();
            while self.flow.marks.pop_if(|mark| mark.span.end > end).is_some() {}
            return;
        }
        let kind = kind.or_else(|| self.kind_of_open(span, linked));
        let lines = lines(&self.flow.text, span, kind.is_some_and(|k| k != Role::ListItem && k != Role::Quote));
        self.flow.parts.extend(lines.into_iter().map(|span| Part { span, role: kind.unwrap_or(Role::Body) }));
        if !self.flow.text.ends_with('\n') {
            self.flow.text.push('\n');
        }
        self.start = self.flow.text.len();
    }

    /// "Read also", and a link to it or nothing more.
    fn is_pointer(&self, span: Span, linked: usize) -> bool {
        let words = span.trim(&self.flow.text).of(&self.flow.text);
        self.furniture.after_label(words).is_some_and(|rest| {
            let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            rest.is_empty() || linked * 10 >= rest.len() * 9
        })
    }

    fn kind_of_open(&self, span: Span, linked: usize) -> Option<Role> {
        if self.depth.furniture > 0 || (self.setting == Setting::Page && self.is_pointer(span, linked)) {
            return Some(Role::Boilerplate);
        }
        if self.setting == Setting::Mail {
            let within = |role| self.kinds.iter().any(|(_, kind)| *kind == role).then_some(role);
            let quoted = || (self.depth.quote > 0).then_some(Role::Quote);
            if let Some(role) = within(Role::Header).or_else(quoted).or_else(|| within(Role::Signature)) {
                return Some(role);
            }
        }
        // Items and paragraphs of notes are notes.
        let is_note = self.kinds.iter().any(|(_, kind)| *kind == Role::Footnote);
        let kind = if is_note { Some(Role::Footnote) } else { self.kinds.last().map(|(_, kind)| *kind) };
        // A short line that is all links leads elsewhere: a list of pages.
        let leads_away = linked * 10 >= span.len() * 9
            && span.len() <= 200
            && self.depth.article == 0
            && self.setting == Setting::Page;
        match kind {
            Some(Role::ListItem) if leads_away => Some(Role::Boilerplate),
            None if leads_away && span.len() <= 60 => Some(Role::Boilerplate),
            kind => kind,
        }
    }
}

/// Elements that a page may set apart without white space between them.
fn meet(left: &str, next: &str) -> bool {
    let inline = |name| matches!(name, "a" | "time" | "span" | "button" | "label");
    inline(left) && inline(next) && (left != "span" || next != "span")
}
