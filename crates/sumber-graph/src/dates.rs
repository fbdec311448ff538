//! Days: ISO dates as numbers, to compare and to subtract.

/// The first and last day that an ISO value covers, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    /// First day.
    pub first: i32,
    /// Last day, inclusive.
    pub last: i32,
}

impl Days {
    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, the same with a time behind it, or `a/b`.
    pub fn parse(value: &str) -> Option<Days> {
        if let Some((left, right)) = value.split_once('/') {
            let (left, right) = (Days::parse(left)?, Days::parse(right)?);
            return (left.first <= right.last).then_some(Days { first: left.first, last: right.last });
        }
        let year = digits(value.get(..4)?)?;
        let Some(month) = value.get(5..7).filter(|_| value.as_bytes()[4] == b'-') else {
            return (value.len() == 4)
                .then(|| Days { first: day_number(year, 1, 1), last: day_number(year + 1, 1, 1) - 1 });
        };
        let month = digits(month).filter(|m| (1..=12).contains(m))?;
        match value.get(8..10).filter(|_| value.as_bytes()[7] == b'-') {
            Some(day) => {
                let day = digits(day).filter(|d| (1..=31).contains(d))?;
                let number = day_number(year, month, day);
                Some(Days { first: number, last: number })
            }
            None if value.len() == 7 => {
                let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                Some(Days { first: day_number(year, month, 1), last: day_number(next_year, next, 1) - 1 })
            }
            None => None,
        }
    }

    /// Whether the value names one day.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    /// Days between two values; 0 where they overlap.
    pub fn apart(self, other: Days) -> i32 {
        (other.first - self.last).max(self.first - other.last).max(0)
    }
}

/// Whether the first of two publication dates is the earlier; `None` where they do not tell: one day
/// and a time missing, or the same minute. Times of two zones are compared as moments.
pub(crate) fn earlier(left: &str, right: &str) -> Option<bool> {
    if let (Some(x), Some(y)) = (minute(left), minute(right)) {
        return (x != y).then_some(x < y);
    }
    let (x, y) = (Days::parse(left)?, Days::parse(right)?);
    if x.last < y.first {
        Some(true)
    } else if y.last < x.first {
        Some(false)
    } else {
        None
    }
}

/// Minutes since 1970 of an RFC 3339 time; without a zone it counts as UTC.
fn minute(value: &str) -> Option<i64> {
    let day = Days::parse(value.get(..10)?)?;
    let time = |text: &str| Some((i64::from(digits(text.get(..2)?)?), i64::from(digits(text.get(3..5)?)?)));
    let (hour, minute) = time(value.get(11..16)?)?;
    let zone = value.get(16..).unwrap_or("");
    let offset = match zone.rfind(['+', '-']).map(|at| (zone.as_bytes()[at], time(&zone[at + 1..]))) {
        Some((sign, Some((h, m)))) => (h * 60 + m) * if sign == b'-' { -1 } else { 1 },
        _ => 0,
    };
    Some(i64::from(day.first) * 1440 + hour * 60 + minute - offset)
}

fn digits(text: &str) -> Option<i32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
///
/// Source of the method: Howard Hinnant, 'chrono-compatible low-level date algorithms'.
fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(value: &str) -> (i32, i32) {
        let days = Days::parse(value).unwrap();
        (days.first, days.last)
    }

    #[test]
    fn counts_from_1970() {
        assert_eq!(days("1970-01-01"), (0, 0));
        assert_eq!(days("2000-03-01"), (11_017, 11_017));
    }

    #[test]
    fn a_month_and_a_year_cover_their_days() {
        assert_eq!(days("1970-02"), (31, 58));
        assert_eq!(days("1972"), (730, 1095));
        assert_eq!(days("1970-01-02/1970-01-05"), (1, 4));
    }

    #[test]
    fn a_time_behind_the_day_is_left_out() {
        assert_eq!(days("1970-01-02T10:25:00+07:00"), (1, 1));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for value in ["", "19", "1970-13", "1970-00-01", "soon", "1970-01-xx", "é123-01-01", "1970/"] {
            assert_eq!(Days::parse(value), None, "{value}");
        }
    }

    #[test]
    fn times_of_two_zones_are_moments() {
        assert_eq!(earlier("2024-05-01T09:00:00+07:00", "2024-05-01T03:00:00Z"), Some(true));
        assert_eq!(earlier("2024-05-01T09:00:00+02:00", "2024-05-01T08:00:00+07:00"), Some(false));
        assert_eq!(earlier("2024-05-01", "2024-05-01T08:00:00+07:00"), None);
        assert_eq!(earlier("2024-05-01", "2024-05-02T08:00:00+07:00"), Some(true));
    }

    #[test]
    fn overlapping_values_are_no_days_apart() {
        let (month, day) = (Days::parse("1970-02").unwrap(), Days::parse("1970-02-03").unwrap());
        assert_eq!(month.apart(day), 0);
        assert_eq!(Days::parse("1970-03-03").unwrap().apart(month), 3);
    }
}
