//! Labels of words about times, and patterns of labels.

use smallvec::SmallVec;

use crate::lexicon::{Lists, Phrases, Vocabulary, WordId, WordMap, WordSet};
use crate::text::{Shape, Text};

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

/// What a pack tells about numbers written in digits.
#[derive(Clone, Debug, Default)]
pub(super) struct Digits {
    /// Whether '8/7' is the seventh of August.
    pub month_first: bool,
    /// Endings of ordinals in digits ('th', '°').
    pub ordinal_endings: Vec<String>,
    /// Endings of decades in digits ('s').
    pub decade_endings: Vec<String>,
}

/// A word of a pack's list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub label: Label,
    pub value: i32,
    /// The list writes it with a capital, and so must the text.
    pub capital: bool,
}

/// A label found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub label: Label,
    pub value: i32,
    /// How many tokens.
    pub len: u32,
    /// The word has a capital because it begins a sentence: it may be another word.
    pub doubtful: bool,
    /// For numeric dates: year (0 for none), month, day.
    pub date: (i16, i8, i8),
}

/// The labels of every token of a text.
#[derive(Debug, Default)]
pub(super) struct Hits {
    all: Vec<Hit>,
    starts: Vec<u32>,
}

impl Hits {
    /// Looks up every token once.
    pub(super) fn of(text: &Text<'_>, words: &Phrases<Entry>, digits: &Digits) -> Hits {
        let mut hits = Hits { all: Vec::new(), starts: Vec::with_capacity(text.tokens.len() + 1) };
        for at in 0..text.tokens.len() {
            hits.starts.push(hits.all.len() as u32);
            let token = &text.tokens[at];
            if token.shape == Shape::Number {
                digits_at(text, at, digits, &mut hits.all);
            }
            if !token.lists.has(Lists::TIMES) || !words.begins(token.word) {
                continue;
            }
            let first = text.sentences.get(token.sentence as usize).is_none_or(|s| s.tokens.start == at)
                || (at > 0 && text.tokens[at - 1].shape == Shape::Mark && token.glued);
            for (len, entry) in words.all(&text.tokens, at) {
                if entry.capital && !token.shape.is_capital() {
                    continue;
                }
                hits.all.push(Hit {
                    label: entry.label,
                    value: entry.value,
                    len: len as u32,
                    doubtful: entry.capital && first,
                    date: (0, 0, 0),
                });
            }
        }
        hits.starts.push(hits.all.len() as u32);
        hits
    }

    /// The labels that begin at a token.
    pub(super) fn at(&self, token: usize) -> &[Hit] {
        match (self.starts.get(token), self.starts.get(token + 1)) {
            (Some(&start), Some(&end)) => &self.all[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// Labels that digits carry.
fn digits_at(text: &Text<'_>, at: usize, digits: &Digits, hits: &mut Vec<Hit>) {
    let word = text.word(at);
    let plain = |label, value, len| Hit { label, value, len, doubtful: false, date: (0, 0, 0) };
    let figures = word.bytes().take_while(u8::is_ascii_digit).count();
    if figures == 0 || figures > 4 {
        return;
    }
    let Ok(value) = word[..figures].parse::<i32>() else { return };
    let after = |n: usize| text.tokens.get(at + n).filter(|t| t.glued).map(|_| text.word(at + n));
    if figures < word.len() {
        let ending = word[figures..].to_lowercase();
        if digits.ordinal_endings.contains(&ending) {
            hits.push(plain(Label::Ordinal, value, 1));
            if (1..=31).contains(&value) {
                hits.push(plain(Label::Day, value, 1));
            }
        } else if figures == 4 && digits.decade_endings.contains(&ending) {
            hits.push(plain(Label::Decade, value, 1));
        } else if let Some(date) = dotted(word, digits) {
            hits.push(Hit { date, ..plain(Label::NumericDate, 0, 1) });
        }
        return;
    }
    hits.push(plain(Label::Number, value, 1));
    if (1..=31).contains(&value) && figures <= 2 {
        let ordinal = after(1).is_some_and(|w| digits.ordinal_endings.iter().any(|e| e == w));
        hits.push(plain(Label::Day, value, 1 + u32::from(ordinal)));
    }
    if figures == 4 && (1000..=2199).contains(&value) {
        let mark = after(1).filter(|w| matches!(*w, "-" | "–"));
        match mark.and(after(2)).filter(|w| digits.decade_endings.iter().any(|e| e == w)) {
            Some(_) => hits.push(plain(Label::Decade, value, 3)),
            None => {
                hits.push(plain(Label::Year, value, 1));
                if Label::RecentYear.range().contains(&value) {
                    hits.push(plain(Label::RecentYear, value, 1));
                }
            }
        }
    }
    // '17/3/2025', '2025-03-17', '17/3'
    let number = |n: usize| after(n).filter(|w| w.len() <= 4).and_then(|w| w.parse::<i32>().ok());
    let Some(mark) = after(1).filter(|w| matches!(*w, "/" | "-")) else { return };
    let before_glued = text.tokens[at].glued && at > 0 && matches!(text.word(at - 1), "/" | "-" | "–");
    if before_glued {
        return;
    }
    let Some(second) = number(2) else { return };
    if after(3) == Some(mark) {
        let Some(third) = number(4) else { return };
        if let Some(date) = date_of(value, second, third, word.len(), text.word(at + 4).len(), digits) {
            hits.push(Hit { date, ..plain(Label::NumericDate, 0, 5) });
        }
    } else if mark == "/" && figures <= 2 && text.word(at + 2).len() <= 2 {
        let (day, month) = order(value, second, digits);
        if (1..=31).contains(&day) && (1..=12).contains(&month) {
            hits.push(Hit { date: (0, month as i8, day as i8), ..plain(Label::NumericDay, 0, 3) });
        }
    }
}

/// '17.3.2025', one token by Unicode's rules.
fn dotted(word: &str, digits: &Digits) -> Option<(i16, i8, i8)> {
    let mut parts = word.split('.');
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || third.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    date_of(first.parse().ok()?, second.parse().ok()?, third.parse().ok()?, first.len(), third.len(), digits)
}

/// Day and month by the pack's order, or the other one where only that makes a date.
fn order(first: i32, second: i32, digits: &Digits) -> (i32, i32) {
    if digits.month_first != (if digits.month_first { first > 12 } else { second > 12 }) {
        (second, first)
    } else {
        (first, second)
    }
}

fn date_of(
    first: i32,
    second: i32,
    third: i32,
    first_len: usize,
    third_len: usize,
    digits: &Digits,
) -> Option<(i16, i8, i8)> {
    let (year, month, day) = if first_len == 4 {
        (first, second, third)
    } else {
        let (day, month) = order(first, second, digits);
        let year = match third_len {
            4 => third,
            2 => third + if third < 70 { 2000 } else { 1900 },
            _ => return None,
        };
        (year, month, day)
    };
    let valid = (1000..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then_some((year as i16, month as i8, day as i8))
}

/// One place of a pattern.
#[derive(Clone, Debug)]
enum Kind {
    Labels(Vec<(Label, Option<i32>)>),
    Words(Vec<WordId>),
}

#[derive(Clone, Debug)]
struct Item {
    kind: Kind,
    optional: bool,
    /// Must not stand here; takes no token.
    absent: bool,
}

/// A pattern of labels and words: context on the left, the expression, context on the right.
///
/// Written as `in|on < {weekday} {part}? > !street`: `{label}`, `{label=value}`, `{a|b}`, a word,
/// `word|word`; `?` after it: may be missing; `!` before it: must not follow. What stands left of
/// `<` and right of `>` must be there and does not belong to the expression.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    items: Vec<Item>,
    /// Items of the expression itself.
    left: usize,
    right: usize,
}

/// What a pattern found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Tokens of the expression.
    pub start: usize,
    pub end: usize,
    /// Labels and values, in order.
    pub captures: SmallVec<[(Label, i32); 6]>,
    /// A word has its capital from the sentence's beginning.
    pub doubtful: bool,
}

impl Pattern {
    /// Reads the notation.
    ///
    /// # Errors
    /// What is wrong, in words; with the name that is unknown where it is one.
    pub(super) fn parse(text: &str, vocabulary: &mut Vocabulary) -> Result<Pattern, PatternError> {
        let mut items = Vec::new();
        let (mut left, mut right) = (0, None);
        for piece in text.split_whitespace() {
            match piece {
                "<" => left = items.len(),
                ">" => right = Some(items.len()),
                _ => items.push(Item::parse(piece, vocabulary)?),
            }
        }
        let right = right.unwrap_or(items.len());
        if left >= right {
            return Err(PatternError::Form(format!("the pattern '{text}' has no expression between its contexts")));
        }
        if items[left..right].iter().all(|i| i.optional || i.absent) {
            return Err(PatternError::Form(format!("everything in the pattern '{text}' may be missing")));
        }
        Ok(Pattern { items, left, right })
    }

    /// Labels and words with which a match may begin.
    pub(super) fn firsts(&self) -> (Vec<Label>, Vec<WordId>) {
        let (mut labels, mut words) = (Vec::new(), Vec::new());
        for item in self.items.iter().filter(|i| !i.absent) {
            match &item.kind {
                Kind::Labels(list) => labels.extend(list.iter().map(|(l, _)| *l)),
                Kind::Words(list) => words.extend(list),
            }
            if !item.optional {
                break;
            }
        }
        (labels, words)
    }

    /// The longest match whose context begins at token `at`.
    pub(super) fn find(&self, text: &Text<'_>, hits: &Hits, at: usize) -> Option<Found> {
        let mut search = Search { pattern: self, text, hits, sentence: text.tokens[at].sentence, best: None };
        // a word that must be there, and after it what does not stand there: most patterns that are tried
        if let [Item { kind: Kind::Words(_), optional: false, absent: false }, second, ..] = &self.items[..]
            && !second.optional
            && !second.absent
            && !search.stands(second, at + 1)
        {
            return None;
        }
        let mut state = Found { start: at, end: at, captures: SmallVec::new(), doubtful: false };
        search.go(0, at, &mut state);
        search.best.filter(|found| found.start < found.end)
    }
}

/// Why a pattern cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PatternError {
    /// A label that is in no list.
    Label(String),
    /// Anything else, in words.
    Form(String),
}

impl Item {
    fn parse(piece: &str, vocabulary: &mut Vocabulary) -> Result<Item, PatternError> {
        let absent = piece.len() > 1 && piece.starts_with('!');
        let core = if absent { &piece[1..] } else { piece };
        let optional = core.len() > 1 && core.ends_with('?');
        let core = if optional { &core[..core.len() - 1] } else { core };
        let kind = match core.strip_prefix('{') {
            Some(rest) => {
                let inner = rest
                    .strip_suffix('}')
                    .ok_or_else(|| PatternError::Form(format!("the brace in '{piece}' is not closed")))?;
                let mut labels = Vec::new();
                for part in inner.split('|') {
                    let (name, value) = part.split_once('=').map_or((part, None), |(n, v)| (n, Some(v)));
                    let label = Label::parse(name).ok_or_else(|| PatternError::Label(name.to_owned()))?;
                    let value =
                        match value {
                            None => None,
                            Some(v) => Some(label.parse_value(v).ok_or_else(|| {
                                PatternError::Form(format!("'{v}' is no value of the label '{name}'"))
                            })?),
                        };
                    labels.push((label, value));
                }
                Kind::Labels(labels)
            }
            None => {
                let mut words = Vec::new();
                for word in core.split('|') {
                    match vocabulary.intern_phrase(word)[..] {
                        [id] => words.push(id),
                        _ => {
                            return Err(PatternError::Form(format!(
                                "'{word}' is not one token; write its parts with blanks between them"
                            )));
                        }
                    }
                }
                Kind::Words(words)
            }
        };
        Ok(Item { kind, optional, absent })
    }
}

struct Search<'a> {
    pattern: &'a Pattern,
    text: &'a Text<'a>,
    hits: &'a Hits,
    sentence: u32,
    best: Option<Found>,
}

impl Search<'_> {
    /// Tries every way from item `index` on at token `at`; keeps the one with the longest expression.
    fn go(&mut self, index: usize, at: usize, state: &mut Found) {
        if index == self.pattern.left {
            state.start = at;
        }
        if index == self.pattern.right {
            state.end = at;
        }
        let Some(item) = self.pattern.items.get(index) else {
            let better = self.best.as_ref().is_none_or(|b| state.end - state.start > b.end - b.start);
            if better {
                self.best = Some(state.clone());
            }
            return;
        };
        if item.absent {
            if !self.stands(item, at) {
                self.go(index + 1, at, state);
            }
            return;
        }
        let same_sentence = self.text.tokens.get(at).is_some_and(|t| t.sentence == self.sentence);
        if same_sentence {
            match &item.kind {
                Kind::Words(words) => {
                    if words.contains(&self.text.tokens[at].word) {
                        self.go(index + 1, at + 1, state);
                    }
                }
                Kind::Labels(labels) => {
                    let hits = self.hits;
                    for hit in hits.at(at) {
                        if labels.iter().any(|(l, v)| *l == hit.label && v.is_none_or(|v| v == hit.value)) {
                            self.take(index, at, hit, state);
                        }
                    }
                }
            }
        }
        if item.optional {
            self.go(index + 1, at, state);
        }
    }

    fn take(&mut self, index: usize, at: usize, hit: &Hit, state: &mut Found) {
        let (depth, doubtful) = (state.captures.len(), state.doubtful);
        match hit.label {
            Label::NumericDate | Label::NumericDay => {
                let (year, month, day) = hit.date;
                state.captures.push((Label::Day, i32::from(day)));
                state.captures.push((Label::Month, i32::from(month)));
                if year != 0 {
                    state.captures.push((Label::Year, i32::from(year)));
                }
            }
            Label::WeakMonth => state.captures.push((Label::Month, hit.value)),
            Label::RecentYear => state.captures.push((Label::Year, hit.value)),
            Label::WeakWeekday => state.captures.push((Label::Weekday, hit.value)),
            label => state.captures.push((label, hit.value)),
        }
        state.doubtful |= hit.doubtful;
        self.go(index + 1, at + hit.len as usize, state);
        state.captures.truncate(depth);
        state.doubtful = doubtful;
    }

    /// Whether an item stands at a token.
    fn stands(&self, item: &Item, at: usize) -> bool {
        let Some(token) = self.text.tokens.get(at).filter(|t| t.sentence == self.sentence) else { return false };
        match &item.kind {
            Kind::Words(words) => words.contains(&token.word),
            Kind::Labels(labels) => self
                .hits
                .at(at)
                .iter()
                .any(|hit| labels.iter().any(|(l, v)| *l == hit.label && v.is_none_or(|v| v == hit.value))),
        }
    }
}

/// A set of patterns: the bits of their numbers.
pub(super) type Numbers = SmallVec<[u64; 4]>;

/// Patterns by the labels and words with which they may begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// By the label's place in [`Label::ALL`].
    by_label: Vec<Numbers>,
    by_word: WordMap<Numbers>,
}

impl Index {
    /// Adds pattern number `number`.
    pub(super) fn add(&mut self, pattern: &Pattern, number: usize) {
        let put = |into: &mut Numbers| {
            into.resize(into.len().max(number / 64 + 1), 0);
            into[number / 64] |= 1 << (number % 64);
        };
        let (labels, words) = pattern.firsts();
        self.by_label.resize(Label::ALL.len(), Numbers::new());
        labels.into_iter().for_each(|label| put(&mut self.by_label[label as usize]));
        words.into_iter().for_each(|word| put(self.by_word.or_default(word)));
    }

    /// The words with which patterns may begin.
    pub(super) fn firsts(&self) -> &WordSet {
        self.by_word.words()
    }

    /// Whether a pattern may begin with a word.
    pub(super) fn begins(&self, word: WordId) -> bool {
        self.by_word.contains_key(&word)
    }

    /// The patterns that may begin at a token.
    pub(super) fn candidates(&self, word: WordId, hits: &[Hit], into: &mut Numbers) {
        into.clear();
        let by_label = hits.iter().filter_map(|hit| self.by_label.get(hit.label as usize));
        for numbers in self.by_word.get(&word).into_iter().chain(by_label) {
            into.resize(into.len().max(numbers.len()), 0);
            for (all, bits) in into.iter_mut().zip(numbers) {
                *all |= bits;
            }
        }
    }
}
