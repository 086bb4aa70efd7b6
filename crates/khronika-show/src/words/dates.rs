//! Days and lengths of time in words.

use khronika_core::{Day, Edtf};

use super::Words;

/// How long the words for a date may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Months {
    Whole,
    Short,
}

impl Words {
    /// A date as people read it, no more exact than it is: `31 May 2018`, `May 2018`, `about 2018`, `since 2017`.
    #[must_use]
    pub fn date(&self, edtf: &Edtf) -> String {
        self.dated(edtf, Months::Whole)
    }

    /// The same with months in short, for a drawing.
    #[must_use]
    pub fn short_date(&self, edtf: &Edtf) -> String {
        self.dated(edtf, Months::Short)
    }

    /// A day in words: `31 May 2018`.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        self.date(&Edtf::day(day))
    }

    fn dated(&self, edtf: &Edtf, months: Months) -> String {
        match edtf.as_str().split_once('/') {
            None => self.point(edtf.as_str(), months),
            Some((from, "" | "..")) => self.fill("date-since", &[("date", &self.point(from, months))]),
            Some(("" | "..", to)) => self.fill("date-until", &[("date", &self.point(to, months))]),
            Some((from, to)) => {
                self.fill("date-range", &[("from", &self.point(from, months)), ("to", &self.point(to, months))])
            }
        }
    }

    /// A single date; what is not one of the usual forms stays as it is written.
    fn point(&self, edtf: &str, months: Months) -> String {
        let (bare, sure) = match edtf.char_indices().next_back() {
            Some((at, '~')) => (edtf.get(..at), Some("date-about")),
            Some((at, '?')) => (edtf.get(..at), Some("date-perhaps")),
            Some((at, '%')) => (edtf.get(..at), Some("date-perhaps-about")),
            _ => (Some(edtf), None),
        };
        let bare = bare.unwrap_or(edtf);
        let mut parts = bare.split('-');
        let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let number = |day: &str| day.parse::<u8>().ok();
        // Some languages say a month within a date otherwise than alone.
        let name = |month: &str| {
            let month = number(month)?;
            self.find(&match (month, day, months) {
                (21.., _, _) => format!("season-{month}"),
                (_, _, Months::Short) => format!("month-short-{month}"),
                (_, None, _) => format!("month-alone-{month}"),
                (_, Some(_), _) => format!("month-{month}"),
            })
        };
        let day_of = |day: u8| match self.find("day-first") {
            Some(first) if day == 1 => first.to_owned(),
            _ => day.to_string(),
        };
        let words = match (year, month.map(name), day.map(number)) {
            ("XXXX", Some(Some(month)), Some(Some(day))) => {
                self.fill("date-day-only", &[("day", &day_of(day)), ("month", month)])
            }
            ("XXXX", Some(Some(month)), None) => self.fill("date-month-only", &[("month", month)]),
            (year, None, None) if year.ends_with('X') && !year.contains("XX") => {
                self.fill("date-decade", &[("year", &year.replace('X', "0"))])
            }
            (year, _, _) if year.contains('X') => bare.to_owned(),
            (year, None, None) => self.fill("date-year", &[("year", year)]),
            (year, Some(Some(month)), None) => self.fill("date-month", &[("month", month), ("year", year)]),
            (year, Some(Some(month)), Some(Some(day))) => {
                self.fill("date-day", &[("day", &day_of(day)), ("month", month), ("year", year)])
            }
            _ => bare.to_owned(),
        };
        sure.map_or_else(|| words.clone(), |key| self.fill(key, &[("date", &words)]))
    }

    /// A length of time in words: `30 days` for `P30D`; `None` where it is not one number of one unit.
    #[must_use]
    pub fn length(&self, value: &str) -> Option<String> {
        let (number, unit) = value.strip_prefix('P')?.split_at_checked(value.len().checked_sub(2)?)?;
        let (number, key) = match (number.strip_prefix('T'), unit) {
            (Some(number), "H") => (number, "count-hours"),
            (Some(number), "M") => (number, "count-minutes"),
            (None, "D") => (number, "count-days"),
            (None, "W") => (number, "count-weeks"),
            (None, "M") => (number, "count-months"),
            (None, "Y") => (number, "count-years"),
            _ => return None,
        };
        Some(self.n(key, number.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::words::english;

    #[test]
    fn a_date_is_no_more_exact_in_words_than_in_the_case() {
        for (edtf, words) in [
            ("2018-05-31", "31 May 2018"),
            ("2021-12", "December 2021"),
            ("2022", "2022"),
            ("201X", "2010s"),
            ("2018~", "about 2018"),
            ("2018-05?", "perhaps May 2018"),
            ("2017/..", "since 2017"),
            ("../2017-03", "until March 2017"),
            ("2013/2016-12", "2013 to December 2016"),
            ("XXXX-04-11", "11 April, year not known"),
            ("19XX", "19XX"),
            ("2018-21", "spring 2018"),
            ("2018-34~", "about second quarter of 2018"),
            ("[2017,2018]", "[2017,2018]"),
        ] {
            assert_eq!(english().date(&Edtf::parse(edtf).unwrap()), words);
        }
    }

    #[test]
    fn each_language_says_dates_as_it_does() {
        for (edtf, [fr, ru, uk]) in [
            ("2021-03-05", ["5 mars 2021", "5 марта 2021 г.", "5 березня 2021 р."]),
            ("2021-05-01", ["1er mai 2021", "1 мая 2021 г.", "1 травня 2021 р."]),
            ("1899-01", ["janvier 1899", "январь 1899 г.", "січень 1899 р."]),
            ("2017/..", ["2017 et après", "2017 г. и далее", "2017 р. і далі"]),
            ("../2017-03-05", ["5 mars 2017 et avant", "5 марта 2017 г. и ранее", "5 березня 2017 р. і раніше"]),
            ("2018-34~", ["env. 2e trimestre 2018", "примерно II квартал 2018 г.", "приблизно II квартал 2018 р."]),
            ("201X", ["années 2010", "2010-е гг.", "2010-ті рр."]),
        ] {
            for (language, words) in [(Language::Fr, fr), (Language::Ru, ru), (Language::Uk, uk)] {
                assert_eq!(language.words().date(&Edtf::parse(edtf).unwrap()), words);
            }
        }
        let day = Edtf::parse("1894-12-22").unwrap();
        assert_eq!(
            Language::ALL.map(|one| one.words().short_date(&day)),
            ["22 Dec 1894", "22 déc. 1894", "22 дек. 1894 г.", "22 груд. 1894 р."]
        );
    }

    #[test]
    fn lengths_are_words_where_they_are_simple() {
        for (value, words) in [
            ("P30D", Some("30 days")),
            ("P1M", Some("1 month")),
            ("PT48H", Some("48 hours")),
            ("P1Y6M", None),
            ("PXD", None),
            ("P", None),
            ("Pé", None),
        ] {
            assert_eq!(english().length(value).as_deref(), words);
        }
        assert_eq!(Language::Ru.words().length("P22D").as_deref(), Some("22 дня"));
        assert_eq!(Language::Uk.words().length("P5D").as_deref(), Some("5 днів"));
    }
}
