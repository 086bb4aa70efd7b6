//! What a form or an address says: names and values, in their order.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;

/// The longest value of a field that is no text to be kept.
const LONGEST: usize = 4096;
/// How many fields are looked at.
const MOST: usize = 512;

/// Names and values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// What `a=b&c=d` says.
    pub(crate) fn parse(text: &[u8]) -> Self {
        let fields = form_urlencoded::parse(text).take(MOST);
        Self(fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The first value of a field, without white space around it; none where it is empty.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of a field that are not empty.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty() && value.len() <= LONGEST)
    }

    /// A number.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.one(name)?.parse().ok()
    }

    /// Whether a field is there, such as a box that was ticked.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// A secret: exactly as it was typed.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(field, _)| field == name)?;
        Some(self.0.remove(at).1)
    }

    /// The same as an address says it, with one field changed, or left out.
    pub(crate) fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let others = self.0.iter().filter(|(field, value)| field != name && field != "at" && !value.is_empty());
        for (field, value) in others {
            out.append_pair(field, value);
        }
        if let Some(value) = value {
            out.append_pair(name, value);
        }
        out.finish()
    }
}

/// What the address of a request says behind its question mark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(pub(crate) Fields);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Fields::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// What a form says. It was read by the guard, which checks its token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(pub(crate) Fields);

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.remove::<Self>().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_written() {
        let fields =
            Fields::parse("about=e-1&about=e-2&words=+a%20b+&empty=&kind=%D1%81%D1%83%D0%B4&page=3".as_bytes());
        assert_eq!(fields.all("about").collect::<Vec<_>>(), ["e-1", "e-2"]);
        assert_eq!(fields.one("words"), Some("a b"));
        assert_eq!(fields.one("empty"), None);
        assert!(fields.has("empty") && !fields.has("other"));
        assert_eq!(fields.number("page"), Some(3));
        let next = fields.with("page", Some("4"));
        assert_eq!(next, "about=e-1&about=e-2&words=+a+b+&kind=%D1%81%D1%83%D0%B4&page=4");
    }
}
