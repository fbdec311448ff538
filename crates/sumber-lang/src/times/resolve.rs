//! What time expressions mean: dates from labels, the publication date and the text around.
//!
//! The rules of thumb are the newsroom's: a weekday is the latest such day unless the clause speaks
//! of what is to come; a month or day without a year is the nearest one; a year is written only
//! where it is not the year of publication.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use super::labels::Label;
use super::pattern::Found;

/// What a rule makes of its labels: the closed list of methods in packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Day and month, with or without a year; two days are an interval.
    Date,
    /// A month, with or without a year; two months are an interval.
    Month,
    /// A year or decade; two years are an interval.
    Year,
    /// A day of the week.
    Weekday,
    /// Last, this or next week, month, year; quarters, halves, seasons.
    Period,
    /// So many days before or after now or the time last spoken of.
    Offset,
    /// Today and the days around it.
    Anchor,
    /// A week of a month: the first, the last.
    Week,
    /// No time at all: blocks other rules.
    None,
}

impl Method {
    pub(super) const NAMES: &'static [&'static str] =
        &["date", "month", "year", "weekday", "period", "offset", "anchor", "week", "none"];

    pub(super) fn parse(name: &str) -> Option<Method> {
        Some(match name {
            "date" => Method::Date,
            "month" => Method::Month,
            "year" => Method::Year,
            "weekday" => Method::Weekday,
            "period" => Method::Period,
            "offset" => Method::Offset,
            "anchor" => Method::Anchor,
            "week" => Method::Week,
            "none" => Method::None,
            _ => return None,
        })
    }
}

/// Which way from the publication a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Plans and wishes ('asked to meet'): future where the past is far.
    WeakFuture,
    Unknown,
}

/// What an expression means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Day(Date),
    Month(i16, i8),
    Year(i16),
    Days(Date, Date),
    Months((i16, i8), (i16, i8)),
    Years(i16, i16),
}

impl When {
    /// The day, where it is one.
    pub(super) fn day(self) -> Option<Date> {
        match self {
            When::Day(day) => Some(day),
            _ => None,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            When::Day(day) => write!(f, "{day}"),
            When::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            When::Year(year) => write!(f, "{year:04}"),
            When::Days(from, to) => write!(f, "{from}/{to}"),
            When::Months(from, to) => write!(f, "{:04}-{:02}/{:04}-{:02}", from.0, from.1, to.0, to.1),
            When::Years(from, to) => write!(f, "{from:04}/{to:04}"),
        }
    }
}

/// Whether an expression tells its meaning alone, needs the publication date, or needs the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Needs {
    /// Nothing: it has its year.
    Nothing,
    /// The date of publication.
    Publication,
    /// A weekday without more: the publication and other days of the text.
    Neighbours,
    /// The time last spoken of.
    Discourse,
}

/// An expression's labels, gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub days: Vec<i8>,
    pub months: Vec<i8>,
    pub years: Vec<i16>,
    pub weekday: Option<i8>,
    pub unit: Option<i32>,
    pub shift: Option<i32>,
    number: Option<i32>,
    ordinal: Option<i32>,
    anchor: Option<i32>,
    season: Option<i8>,
    decade: Option<i16>,
    /// (from the time last spoken of, sign)
    direction: Option<(bool, i32)>,
    /// The shift counts years, and the unit is a part of that year.
    of_year: bool,
}

impl Parts {
    pub(super) fn of(found: &Found) -> Parts {
        let mut parts = Parts::default();
        for &(label, value) in &found.captures {
            match label {
                Label::Day => parts.days.push(value as i8),
                Label::Month | Label::WeakMonth => parts.months.push(value as i8),
                Label::Year | Label::RecentYear => parts.years.push(value as i16),
                Label::Quarter => {
                    parts.unit = Some(unit::QUARTER);
                    parts.ordinal = Some(value);
                }
                Label::Decade | Label::WordDecade => parts.decade = Some(value as i16),
                Label::Weekday | Label::WeakWeekday => parts.weekday = Some(value as i8),
                Label::Unit if matches!(parts.unit, Some(unit::QUARTER | unit::HALF)) && value == unit::YEAR => {
                    parts.of_year = true;
                }
                Label::Unit | Label::OneUnit => parts.unit = Some(value),
                Label::OtherDay => {
                    parts.unit = Some(unit::DAY);
                    parts.number = Some(value.abs());
                    parts.direction = Some((true, value.signum()));
                }
                Label::Shift => parts.shift = Some(parts.shift.unwrap_or(0) + value),
                Label::Number => parts.number = Some(value),
                Label::Ordinal => parts.ordinal = Some(value),
                Label::Anchor => parts.anchor = Some(value),
                Label::Season => parts.season = Some(value as i8),
                Label::Feast => {
                    parts.months.push((value / 100) as i8);
                    parts.days.push((value % 100) as i8);
                }
                Label::Ago => parts.direction = Some((false, -1)),
                Label::Ahead => parts.direction = Some((false, 1)),
                Label::After => parts.direction = Some((true, 1)),
                Label::Before => parts.direction = Some((true, -1)),
                Label::Part
                | Label::Edge
                | Label::Noun
                | Label::Tense
                | Label::Measure
                | Label::NumericDate
                | Label::NumericDay => {}
            }
        }
        parts
    }

    /// What must be known before the expression can be.
    pub(super) fn needs(&self, method: Method) -> Needs {
        match method {
            Method::Date | Method::Month | Method::Year | Method::Week
                if !self.years.is_empty() || self.decade.is_some() =>
            {
                Needs::Nothing
            }
            Method::Period if !self.years.is_empty() => Needs::Nothing,
            Method::Weekday if self.shift.is_none() => Needs::Neighbours,
            Method::Offset if self.direction.is_some_and(|(discourse, _)| discourse) => Needs::Discourse,
            _ => Needs::Publication,
        }
    }

    /// The value, given the day that stands for now. `None` where it cannot be known or is no date.
    pub(super) fn value(&self, method: Method, now: Option<Date>, tense: Tense) -> Option<When> {
        match method {
            Method::Date => self.date(now, tense),
            Method::Month => self.month(now, tense),
            Method::Year => match (self.decade, self.years[..].first(), self.years.last()) {
                (Some(decade), ..) => Some(When::Years(decade, decade + 9)),
                (None, Some(&from), Some(&to)) if from < to => Some(When::Years(from, to)),
                (None, Some(&year), _) => Some(When::Year(year)),
                _ => None,
            },
            Method::Weekday => self.weekday(now?, tense),
            Method::Period => self.period(now, tense),
            Method::Week => self.week(now, tense),
            Method::Offset => self.offset(now?),
            Method::Anchor => Some(When::Day(add_days(now?, self.anchor?)?)),
            Method::None => None,
        }
    }

    /// The year that the labels give, or that of a shift of years from now.
    fn year(&self, now: Option<Date>) -> Option<i16> {
        let counted = self.of_year || self.unit == Some(unit::YEAR);
        match (self.years.last(), self.shift) {
            (Some(&year), _) => Some(year),
            (None, Some(shift)) if counted => now.map(|n| n.year() + shift as i16),
            _ => None,
        }
    }

    fn date(&self, now: Option<Date>, tense: Tense) -> Option<When> {
        let last_day = self.days.last().copied().or(self.ordinal.map(|o| o as i8))?;
        let last_month = self.months.last().copied();
        let last = match (last_month, self.year(now)) {
            (Some(month), Some(year)) => Date::new(year, month, last_day).ok()?,
            (Some(month), None) => self.nearest(now?, month, last_day, tense)?,
            (None, _) => {
                let now = now?;
                let of = |shift: i32| {
                    let (year, month) = add_months((now.year(), now.month()), shift);
                    Date::new(year, month, last_day).ok()
                };
                match (self.weekday, self.shift.filter(|_| self.unit == Some(unit::MONTH))) {
                    (_, Some(shift)) => of(shift)?,
                    // 'Friday 21': of the months around, the one in which the 21st is a Friday
                    (Some(weekday), None) => [0, 1, -1]
                        .into_iter()
                        .filter_map(of)
                        .filter(|date| weekday_of(*date) == weekday)
                        .min_by_key(|date| away(days_between(now, *date), tense, None))?,
                    (None, None) => of(0)?,
                }
            }
        };
        let first_day = self.days.first().copied().unwrap_or(last_day);
        if self.days.len() < 2 {
            return Some(When::Day(last));
        }
        let first_month = if self.months.len() > 1 { self.months[0] } else { last.month() };
        let mut year = if self.years.len() > 1 { self.years[0] } else { last.year() };
        if self.years.len() < 2 && first_month > last.month() {
            year -= 1;
        }
        let first = Date::new(year, first_month, first_day).ok()?;
        (first < last).then_some(When::Days(first, last))
    }

    /// The date of this day and month nearest to now, by tense; one that falls on the named weekday
    /// is better than a nearer one.
    fn nearest(&self, now: Date, month: i8, day: i8, tense: Tense) -> Option<Date> {
        let candidates = [-1, 0, 1].map(|shift| Date::new(now.year() + shift, month, day).ok());
        let cost = |date: &Date| {
            let days = days_between(now, *date);
            let wrong_weekday = self.weekday.is_some_and(|w| w != weekday_of(*date));
            (wrong_weekday, away(days, tense, self.shift))
        };
        candidates.into_iter().flatten().min_by_key(cost)
    }

    fn month(&self, now: Option<Date>, tense: Tense) -> Option<When> {
        let (&first, &last) = (self.months.first()?, self.months.last()?);
        let year = match self.year(now) {
            Some(year) => year,
            None => {
                let now = now?;
                let months = |shift: i16| i32::from(shift) * 12 + i32::from(last) - i32::from(now.month());
                let shift = [-1, 0, 1].into_iter().min_by_key(|s| away(months(*s) * 30, tense, self.shift))?;
                now.year() + shift
            }
        };
        if self.months.len() < 2 {
            return Some(When::Month(year, last));
        }
        let first_year = match self.years[..] {
            [first_year, _, ..] => first_year,
            _ => year - i16::from(first > last),
        };
        Some(When::Months((first_year, first), (year, last)))
    }

    fn weekday(&self, now: Date, tense: Tense) -> Option<When> {
        let weekday = self.weekday?;
        if let (Some(unit::WEEK), Some(shift)) = (self.unit, self.shift) {
            let monday = add_days(monday_of(now), 7 * shift)?;
            return Some(When::Day(add_days(monday, i32::from(weekday) - 1)?));
        }
        let back = i32::from((weekday_of(now) - weekday).rem_euclid(7));
        let days = match self.shift {
            Some(shift) if shift < 0 => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            Some(0) => i32::from(weekday) - i32::from(weekday_of(now)),
            Some(_) => 7 - back,
            None => match tense {
                Tense::Future if back > 0 => 7 - back,
                Tense::WeakFuture if back >= 4 => 7 - back,
                // tomorrow's name without a past: nobody calls the day six days ago by its bare name
                Tense::Unknown if back == 6 => 1,
                _ => -back,
            },
        };
        Some(When::Day(add_days(now, days)?))
    }

    fn period(&self, now: Option<Date>, tense: Tense) -> Option<When> {
        let shift = self.shift.unwrap_or(0);
        let count = self.number.unwrap_or(1);
        if let Some(season) = self.season {
            let year = match self.year(now) {
                Some(year) => year,
                None => {
                    // last summer is the latest that has begun; next summer the first that has not
                    let now = now?;
                    now.year()
                        + match self.shift? {
                            s if s < 0 => -i16::from(now.month() <= season + 1),
                            0 => 0,
                            _ => i16::from(now.month() >= season),
                        }
                }
            };
            return Some(When::Months((year, season), add_months((year, season), 2)));
        }
        match self.unit? {
            unit::QUARTER | unit::HALF => {
                let length = if self.unit == Some(unit::QUARTER) { 3 } else { 6 };
                let (year, place) = match self.ordinal {
                    Some(ordinal) if ordinal * length <= 12 => {
                        (self.year(now).or(now.filter(|_| self.shift.is_none()).map(Date::year))?, ordinal - 1)
                    }
                    Some(_) => return None,
                    None => {
                        let now = now?;
                        self.shift?;
                        let places = 12 / length;
                        let at = i32::from(now.year()) * places + (i32::from(now.month()) - 1) / length + shift;
                        (at.div_euclid(places) as i16, at.rem_euclid(places))
                    }
                };
                let first = (year, (place * length + 1) as i8);
                Some(When::Months(first, add_months(first, length - 1)))
            }
            unit::DAY => Some(When::Day(add_days(now?, shift)?)),
            unit::WEEK => {
                let monday = add_days(monday_of(now?), 7 * shift)?;
                Some(When::Days(monday, add_days(monday, 6)?))
            }
            unit::WEEKEND => {
                let now = now?;
                // on Monday, 'last weekend' is the one just over; 'this weekend' is the coming one
                let shift = match self.shift {
                    Some(shift) => shift,
                    None => -i32::from(tense != Tense::Future && weekday_of(now) < 6),
                };
                let saturday = add_days(monday_of(now), 5 + 7 * shift)?;
                Some(When::Days(saturday, add_days(saturday, 1)?))
            }
            unit::MONTH => {
                let now = now?;
                let (year, month) = add_months((now.year(), now.month()), shift);
                Some(When::Month(year, month))
            }
            unit::YEAR => match self.years.last() {
                Some(&year) => Some(When::Year(year)),
                None => Some(When::Year(now?.year() + shift as i16)),
            },
            unit::DECADE => {
                let first = (now?.year() / 10 + shift as i16) * 10;
                Some(When::Years(first, first + 9))
            }
            _ => None,
        }
        .filter(|_| count == 1)
    }

    /// A week belongs to the month in which its Thursday lies (ISO 8601's rule for years).
    fn week(&self, now: Option<Date>, tense: Tense) -> Option<When> {
        let (year, month) = match self.months.last() {
            Some(_) => match self.month(now, tense)? {
                When::Month(year, month) => (year, month),
                _ => return None,
            },
            None => {
                let now = now?;
                add_months((now.year(), now.month()), self.shift?)
            }
        };
        let first = match self.ordinal {
            Some(ordinal) => add_days(monday_of_first_week(year, month)?, 7 * (ordinal - 1))?,
            None => {
                let (year, month) = add_months((year, month), 1);
                add_days(monday_of_first_week(year, month)?, -7)?
            }
        };
        Some(When::Days(first, add_days(first, 6)?))
    }

    fn offset(&self, from: Date) -> Option<When> {
        let (_, sign) = self.direction?;
        let count = sign * self.number.unwrap_or(1);
        match self.unit? {
            unit::DAY => Some(When::Day(add_days(from, count)?)),
            unit::WEEK => Some(When::Day(add_days(from, 7 * count)?)),
            unit::MONTH => {
                let (year, month) = add_months((from.year(), from.month()), count);
                Some(When::Month(year, month))
            }
            unit::YEAR => Some(When::Year(from.year().checked_add(count as i16)?)),
            unit::DECADE => Some(When::Year(from.year().checked_add(10 * count as i16)?)),
            _ => None,
        }
    }
}

/// Values of the label `unit`, in the order of its names.
mod unit {
    pub(super) const DAY: i32 = 0;
    pub(super) const WEEK: i32 = 1;
    pub(super) const WEEKEND: i32 = 2;
    pub(super) const MONTH: i32 = 3;
    pub(super) const QUARTER: i32 = 4;
    pub(super) const HALF: i32 = 5;
    pub(super) const YEAR: i32 = 6;
    pub(super) const DECADE: i32 = 7;
}

/// How far off a date seems that lies so many days ahead (or behind, if negative): without a word
/// on it news looks back up to some eight months and ahead up to some four.
fn away(days: i32, tense: Tense, shift: Option<i32>) -> i32 {
    let wrong = 10_000;
    match (shift, tense) {
        (Some(s), _) if s < 0 => {
            if days < 0 {
                -days
            } else {
                wrong + days
            }
        }
        (Some(s), _) if s > 0 => {
            if days > 0 {
                days
            } else {
                wrong - days
            }
        }
        (Some(_), _) => days.abs(),
        (None, Tense::Future) => {
            if days >= 0 {
                days
            } else {
                300 - days
            }
        }
        (None, Tense::Past) => {
            if days <= 0 {
                -days
            } else {
                180 + days
            }
        }
        (None, Tense::WeakFuture) => days.abs(),
        (None, Tense::Unknown) => {
            if days <= 0 {
                -days
            } else {
                2 * days
            }
        }
    }
}

/// 1 is Monday.
pub(super) fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

fn monday_of(date: Date) -> Date {
    add_days(date, 1 - i32::from(weekday_of(date))).unwrap_or(date)
}

/// The Monday of the first week whose Thursday lies in the month.
fn monday_of_first_week(year: i16, month: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let monday = monday_of(first);
    if weekday_of(first) <= 4 { Some(monday) } else { add_days(monday, 7) }
}

/// The day so many days later; `None` beyond the calendar.
pub(super) fn add_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(i64::from(days).days()).ok()
}

/// How many days `to` is after `from`.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn add_months((year, month): (i16, i8), months: i32) -> (i16, i8) {
    let at = i32::from(year) * 12 + i32::from(month) - 1 + months;
    (at.div_euclid(12) as i16, (at.rem_euclid(12) + 1) as i8)
}

/// The first date of this month and day after the end of a month.
pub(super) fn first_after(month: (i16, i8), parts: &Parts, method: Method) -> Option<When> {
    let wanted = *parts.months.last()?;
    let year = if wanted > month.1 { month.0 } else { month.0 + 1 };
    let known = Parts { years: vec![year], ..parts.clone() };
    known.value(method, None, Tense::Unknown)
}
