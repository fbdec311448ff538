//! The article's own outlet, by whatever name.

use smallvec::SmallVec;

/// The names of the article's own outlet, ready to be compared.
pub(super) struct Outlet {
    name: OutletName,
    /// The first label of its host, without marks and case.
    host: String,
}

impl Outlet {
    /// Of an outlet's name and domain.
    pub(super) fn new(name: &str, domain: Option<&str>) -> Outlet {
        let host = domain.map_or("", |domain| domain.split('.').next().unwrap_or(""));
        Outlet { name: OutletName::new(name), host: bare(host).collect() }
    }

    /// Whether a name is the outlet's, but for an article before it or a frequency after it ('Il Faro',
    /// 'Radio Kota 98,4 FM').
    pub(super) fn is_called(&self, name: &str) -> bool {
        let mut letters = bare(name).peekable();
        if letters.peek().is_none() {
            return false;
        }
        letters.eq(self.host.chars()) || OutletName::new(name).is_same(&self.name)
    }

    /// Whether a name is the last word of the outlet's, by which it calls itself ('the Courier').
    pub(super) fn is_called_short(&self, name: &str) -> bool {
        let short = OutletName::new(name);
        let (words, ends) = short.core();
        let own = &self.name;
        let last = own.ends.len().checked_sub(2).map(|n| &own.words[own.ends[n]..]);
        own.ends.len() > 1 + usize::from(own.led) && ends.count() == 1 && last == Some(words)
    }
}

/// The words of an outlet's name in lower case, in one string.
struct OutletName {
    words: String,
    /// Where each word ends.
    ends: SmallVec<[usize; 8]>,
    /// The first word is an article, as far as its length tells.
    led: bool,
}

impl OutletName {
    fn new(name: &str) -> OutletName {
        let mut words = String::with_capacity(name.len());
        let mut ends: SmallVec<[usize; 8]> = SmallVec::new();
        for word in name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let start = words.len();
            if word.is_ascii() {
                words.push_str(word);
                words[start..].make_ascii_lowercase();
            } else {
                words.push_str(&word.to_lowercase());
            }
            ends.push(words.len());
        }
        let start = |n: usize| if n == 0 { 0 } else { ends[n - 1] };
        let minor = |n: usize| {
            let word = &words[start(n)..ends[n]];
            word.chars().count() <= 2 || word.chars().any(|c| c.is_ascii_digit())
        };
        let mut count = ends.len();
        while count > 2 && minor(count - 1) {
            count -= 1;
        }
        let led = count > 1 && words[..ends[0]].chars().count() <= 3;
        ends.truncate(count);
        words.truncate(ends.last().copied().unwrap_or(0));
        OutletName { words, ends, led }
    }

    /// The words from the first that counts on, with the lengths of them all.
    fn core(&self) -> (&str, impl Iterator<Item = usize>) {
        let (skip, start) = if self.led { (1, self.ends[0]) } else { (0, 0) };
        (&self.words[start..], self.ends[skip..].iter().map(move |end| end - start))
    }

    fn is_core_of(&self, other: &OutletName) -> bool {
        let (words, ends) = other.core();
        self.words == words && ends.eq(self.ends.iter().copied())
    }

    fn is_same(&self, other: &OutletName) -> bool {
        let same = || bare(&self.words).eq(bare(&other.words));
        !self.ends.is_empty() && (same() || self.is_core_of(other) || other.is_core_of(self))
    }
}

/// The letters and digits of a name without case.
fn bare(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
