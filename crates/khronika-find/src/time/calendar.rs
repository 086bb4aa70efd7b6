//! Counting of days in the proleptic Gregorian calendar.
//!
//! The formulas for days and civil dates are those of Howard Hinnant's “chrono-compatible low-level date algorithms”; Easter is the
//! anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8), orthodox Easter Meeus's Julian one.

/// A civil date as three numbers: year, month 1–12, day 1–31.
pub(super) type Ymd = (i32, u8, u8);

/// Days since 1 January 1970.
pub(super) fn days((year, month, day): Ymd) -> i32 {
    let (m, d) = (i32::from(month), i32::from(day));
    let y = if m <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

/// The civil date of a count of days since 1 January 1970.
pub(super) fn civil(days: i32) -> Ymd {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i32::from(month <= 2);
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

/// True for a leap year.
pub(super) const fn leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days in a month.
pub(super) const fn month_days(year: i32, month: u8) -> u8 {
    match month {
        2 => {
            if leap(year) {
                29
            } else {
                28
            }
        }
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// True where the calendar has the day.
pub(super) const fn exists((year, month, day): Ymd) -> bool {
    month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month)
}

/// Monday is 1, Sunday 7.
pub(super) fn weekday(days: i32) -> u8 {
    u8::try_from((days + 3).rem_euclid(7)).unwrap_or(0) + 1
}

/// The ISO 8601 year and week of a day.
pub(super) fn iso_week(day: i32) -> (i32, u8) {
    let thursday = day + 4 - i32::from(weekday(day));
    let (year, _, _) = civil(thursday);
    let first = days((year, 1, 1));
    (year, u8::try_from((thursday - first) / 7 + 1).unwrap_or(1))
}

/// The Thursday of an ISO 8601 week, which decides its year and is taken for its month.
pub(super) fn week((year, week): (i32, u8)) -> i32 {
    let fourth = days((year, 1, 4));
    fourth + 4 - i32::from(weekday(fourth)) + 7 * (i32::from(week) - 1)
}

/// The date `months` later, with the day cut to the length of the month.
pub(super) fn add_months((year, month, day): Ymd, months: i32) -> Ymd {
    let all = year.saturating_mul(12).saturating_add(i32::from(month) - 1).saturating_add(months);
    let (y, m) = (all.div_euclid(12), u8::try_from(all.rem_euclid(12)).unwrap_or(0) + 1);
    (y, m, day.min(month_days(y, m)))
}

/// Easter Sunday of the western churches.
pub(super) fn easter(year: i32) -> i32 {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    days((year, u8::try_from(n / 31).unwrap_or(4), u8::try_from(n % 31 + 1).unwrap_or(1)))
}

/// Easter Sunday of the orthodox churches, in the Gregorian calendar (right from 1900 to 2099).
pub(super) fn orthodox_easter(year: i32) -> i32 {
    let (a, b, c) = (year.rem_euclid(4), year.rem_euclid(7), year.rem_euclid(19));
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    days((year, u8::try_from(n / 31).unwrap_or(4), u8::try_from(n % 31 + 1).unwrap_or(1))) + 13
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse() {
        for day in (-900_000..900_000).step_by(97) {
            assert_eq!(days(civil(day)), day);
        }
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(weekday(days((2023, 6, 30))), 5);
        assert_eq!(iso_week(days((2021, 1, 3))), (2020, 53));
        assert_eq!(add_months((2024, 1, 31), 1), (2024, 2, 29));
        assert_eq!(add_months((2024, 1, 15), -2), (2023, 11, 15));
    }

    #[test]
    fn easter_falls_where_the_tables_have_it() {
        assert_eq!(civil(easter(2024)), (2024, 3, 31));
        assert_eq!(civil(easter(2025)), (2025, 4, 20));
        assert_eq!(civil(orthodox_easter(2024)), (2024, 5, 5));
        assert_eq!(civil(orthodox_easter(2025)), (2025, 4, 20));
    }
}
