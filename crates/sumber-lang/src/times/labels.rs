//! Labels: what a word is in a time expression, and the number that it carries.

/// Makes the closed list of labels: name in packs, and the least and greatest value.
macro_rules! time_labels {
    ($($(#[$meta:meta])* $variant:ident = $name:literal in $least:literal ..= $most:literal),+ $(,)?) => {
        /// What a word is in a time expression. Every label carries a number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Label { $($(#[$meta])* $variant),+ }

        impl Label {
            /// Every label.
            pub(super) const ALL: &'static [Label] = &[$(Label::$variant),+];

            /// Name in packs.
            pub(super) fn as_str(self) -> &'static str {
                match self { $(Label::$variant => $name),+ }
            }

            /// Values that the label may carry.
            pub(super) fn range(self) -> std::ops::RangeInclusive<i32> {
                match self { $(Label::$variant => $least..=$most),+ }
            }

            /// The label of this name.
            pub(super) fn parse(name: &str) -> Option<Label> {
                Label::ALL.iter().copied().find(|l| l.as_str() == name)
            }
        }
    };
}

time_labels! {
    /// Day of the week by ISO 8601: 1 is Monday.
    Weekday = "weekday" in 1..=7,
    /// A weekday's name that is also another word; wants context.
    WeakWeekday = "weekday-weak" in 1..=7,
    /// Month of the year.
    Month = "month" in 1..=12,
    /// A month's name that is also another word; wants context.
    WeakMonth = "month-weak" in 1..=12,
    /// A stretch of the calendar, see [`UNITS`].
    Unit = "unit" in 0..=9,
    /// One such stretch in one word ('sepekan').
    OneUnit = "one-unit" in 0..=9,
    /// A day, counted in days from the time last spoken of ('the next day').
    OtherDay = "other-day" in -9..=9,
    /// Which stretch, counted from now: -1 last, 0 this, 1 next.
    Shift = "shift" in -9..=9,
    /// A count.
    Number = "number" in 0..=9999,
    /// A place in an order: quarters, halves, days of a month.
    Ordinal = "ordinal" in 1..=31,
    /// A part of the day.
    Part = "part" in 0..=9,
    /// The beginning, middle or end of a stretch.
    Edge = "edge" in 0..=9,
    /// A day, counted in days from now.
    Anchor = "anchor" in -9..=9,
    /// A quarter of a year by its name ('Q3').
    Quarter = "quarter" in 1..=4,
    /// A decade in words, by its first year.
    WordDecade = "decade-word" in 1000..=2199,
    /// A season by its first month in the north.
    Season = "season" in 1..=12,
    /// A day with a fixed place in every year: month * 100 + day.
    Feast = "feast" in 101..=1231,
    /// Counted back from now ('ago').
    Ago = "ago" in 0..=9,
    /// Counted forward from now ('from now').
    Ahead = "ahead" in 0..=9,
    /// Counted forward from the time last spoken of ('later').
    After = "after" in 0..=9,
    /// Counted back from the time last spoken of ('earlier').
    Before = "before" in 0..=9,
    /// The word that says that a day's or month's name follows ('hari', 'bulan'): by its unit.
    Noun = "noun" in 0..=9,
    /// What tells whether the clause is about what was or what will be, see [`TENSES`].
    Tense = "tense" in 0..=2,
    /// What is counted or measured and so makes a number no year.
    Measure = "measure" in 0..=9,
    /// Digits: a day of a month, an ordinal's ending allowed.
    Day = "day" in 1..=31,
    /// Digits: a year.
    Year = "year" in 1000..=2199,
    /// Digits: a year that news speaks of without saying that it is one.
    RecentYear = "recent-year" in 1900..=2099,
    /// Digits: a year with a decade's ending.
    Decade = "decade" in 1000..=2199,
    /// Digits and marks: day, month and year, in the pack's order or ISO 8601's.
    NumericDate = "numeric-date" in 0..=0,
    /// Digits and a mark: day and month, in the pack's order.
    NumericDay = "numeric-day" in 0..=0,
}

/// Names of units, by value.
pub(super) const UNITS: &[&str] =
    &["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century", "hour"];
/// Names of tenses, by value.
pub(super) const TENSES: &[&str] = &["past", "future", "weak-future"];
/// Names of parts of the day, by value.
pub(super) const PARTS: &[&str] = &["morning", "noon", "afternoon", "evening", "night"];
/// Names of edges, by value.
pub(super) const EDGES: &[&str] = &["start", "middle", "end", "same"];

impl Label {
    /// Names of the label's values where they have names, in the order of the values.
    pub(super) fn value_names(self) -> &'static [&'static str] {
        match self {
            Label::Unit | Label::OneUnit | Label::Noun => UNITS,
            Label::Tense => TENSES,
            Label::Part => PARTS,
            Label::Edge => EDGES,
            _ => &[],
        }
    }

    /// Reads a value: a name where the label has names, else a number in range.
    pub(super) fn parse_value(self, text: &str) -> Option<i32> {
        if let Some(place) = self.value_names().iter().position(|name| *name == text) {
            return Some(place as i32);
        }
        text.parse().ok().filter(|n| self.value_names().is_empty() && self.range().contains(n))
    }

    /// Whether the label is read off digits and so has no words in a pack.
    pub(super) fn is_built_in(self) -> bool {
        matches!(
            self,
            Label::Day | Label::Year | Label::RecentYear | Label::Decade | Label::NumericDate | Label::NumericDay
        )
    }
}
