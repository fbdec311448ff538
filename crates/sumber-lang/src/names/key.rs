//! Keys under which spellings of one name meet, across scripts and languages.
//!
//! Two strengths. The *fine* key keeps vowels and folds only what orthographies write in several
//! ways (Sergei, Sergey, Sergej; Achmad, Ahmad; Shoigu, Šojgu, Шойгу): it makes the ids of names
//! that the world data does not know. The *coarse* key keeps consonants alone: equal coarse keys make
//! two names candidates for one thing, no more.

use std::cell::RefCell;
use std::thread::LocalKey;

use any_ascii::any_ascii;
use smallvec::SmallVec;

use crate::lexicon::StringMap;

/// The fine key of a name: its words' fine forms, without blanks.
///
/// ```
/// use sumber_lang::names::fine_key;
/// assert_eq!(fine_key("Yusuf Achmad Baharudin"), fine_key("Yusuf Ahmad Baharuddin"));
/// assert_eq!(fine_key("Ratna Kusuma Dewi"), fine_key("Ratna Kusumadewi"));
/// assert_ne!(fine_key("Mario Rossi"), fine_key("Maria Rossi"));
/// ```
pub fn fine_key(name: &str) -> String {
    kept(&FINE, name, |name| {
        let mut key = Letters::new();
        for_words(name, |word| fold_letters(word, &mut key));
        into_string(&key)
    })
}

/// The coarse key of a name: the consonants of its words, without blanks.
///
/// ```
/// use sumber_lang::names::coarse_key;
/// assert_eq!(coarse_key("Сергей Шойгу"), coarse_key("Sergei Shoigu"));
/// assert_eq!(coarse_key("Volodymyr Zelenskyj"), coarse_key("Volodymyr Zelensky"));
/// ```
pub fn coarse_key(name: &str) -> String {
    kept(&COARSE, name, |name| {
        let mut key = Letters::new();
        let mut fine = Letters::new();
        for_words(name, |word| {
            fine.clear();
            fold_letters(word, &mut fine);
            // a vowel that begins a word counts, whichever it is
            for (n, &letter) in fine.iter().enumerate() {
                match (is_vowel(letter), n) {
                    (true, 0) => key.push(b'a'),
                    (true, _) => {}
                    (false, _) => key.push(letter),
                }
            }
        });
        key.dedup();
        into_string(&key)
    })
}

/// Keys by name. Names come back in article after article, so each thread keeps the keys that it made last:
/// a key depends on the name alone, so what is kept changes no answer.
type Kept = RefCell<StringMap<Box<str>>>;

thread_local! {
    static FINE: Kept = RefCell::default();
    static COARSE: Kept = RefCell::default();
}

/// Names kept by a thread before it starts anew: a megabyte or two.
const MOST_KEPT: usize = 1 << 14;
/// Bytes of the longest name that is kept.
const LONGEST_KEPT: usize = 64;

/// The key of a name, made where it is not kept.
fn kept(table: &'static LocalKey<Kept>, name: &str, make: impl Fn(&str) -> String) -> String {
    if name.len() > LONGEST_KEPT {
        return make(name);
    }
    table.with_borrow_mut(|kept| {
        if let Some(key) = kept.get(name) {
            return key.as_ref().to_owned();
        }
        if kept.len() >= MOST_KEPT {
            *kept = StringMap::default();
        }
        let key = make(name);
        kept.get_or_insert(name, key.as_str().into());
        key
    })
}

/// ASCII letters and digits of a name.
type Letters = SmallVec<[u8; 64]>;

fn into_string(letters: &[u8]) -> String {
    String::from_utf8(letters.to_vec()).unwrap_or_default()
}

/// Gives the ASCII words of a name in lower case, without Arabic articles.
fn for_words(name: &str, mut each: impl FnMut(&[u8])) {
    // letters that any_ascii spells in a way that no newsroom does
    let mut ascii = if name.is_ascii() {
        Letters::from_slice(name.as_bytes())
    } else {
        Letters::from_slice(any_ascii(name).as_bytes())
    };
    ascii.make_ascii_lowercase();
    let mut words = ascii
        .split(|&b| !(b.is_ascii_alphanumeric() || b == b'\'' || b == b'`'))
        .filter(|w| w.iter().any(u8::is_ascii_alphanumeric))
        .peekable();
    while let Some(word) = words.next() {
        let is_article = matches!(word, b"al" | b"el" | b"an" | b"ash" | b"as" | b"at" | b"ad" | b"ar" | b"az");
        if is_article && words.peek().is_some() {
            continue;
        }
        each(word);
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Adds one word with the letters folded that orthographies exchange.
fn fold_letters(word: &[u8], key: &mut Letters) {
    let bare: Letters;
    let letters = if word.iter().all(u8::is_ascii_alphanumeric) {
        word
    } else {
        bare = word.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
        &bare
    };
    let at = |i: usize| letters.get(i).copied().unwrap_or(b' ');
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut out = Letters::new();
    let mut i = 0;
    while i < letters.len() {
        let (letter, next) = (letters[i], at(i + 1));
        let (folded, taken) = match (letter, next) {
            (b's', b'c') if at(i + 2) == b'h' => ("s", 3),
            (b't', b'c') if at(i + 2) == b'h' => ("c", 3),
            (b's', b'h') | (b's', b'j') => ("s", 2),
            (b'z', b'h') | (b'd', b'j') => ("j", 2),
            (b'k', b'h') => ("h", 2),
            (b'g', b'h') => ("g", 2),
            (b'p', b'h') => ("f", 2),
            (b't', b'h') => ("t", 2),
            (b'd', b'h') => ("d", 2),
            (b'c', b'k') => ("k", 2),
            (b'c', b'h') if vowel(at(i + 2)) => ("c", 2),
            (b'c', b'h') => ("h", 2),
            (b'o', b'u') | (b'o', b'o') | (b'o', b'e') => ("u", 2),
            (b'e', b'e') | (b'i', b'e') | (b'i', b'y') | (b'i', b'j') | (b'y', b'y') | (b'y', b'j') => ("i", 2),
            (b'e', b'i' | b'y' | b'j') => ("ei", 2),
            (b'a', b'i' | b'y' | b'j') => ("ei", 2),
            (b'o' | b'u', b'i' | b'y' | b'j') => ("ui", 2),
            (b'y' | b'j', b'a' | b'e' | b'i' | b'o' | b'u') if i == 0 => ("j", 1),
            (b'y' | b'j', b'a' | b'e' | b'o' | b'u') if vowel(at(i.wrapping_sub(1))) => ("", 1),
            (b'y' | b'i', _) => ("i", 1),
            (b'o', _) => ("u", 1),
            (b'w', _) => ("v", 1),
            (b'q', _) => ("k", 1),
            (b'x', _) => ("ks", 1),
            (b'c', b'e' | b'i' | b'y') => ("c", 1),
            (b'c', _) => ("k", 1),
            _ => ("", 0),
        };
        if taken > 0 {
            push_once(&mut out, folded.as_bytes());
            i += taken;
        } else {
            push_once(&mut out, &letters[i..=i]);
            i += 1;
        }
    }
    // an h that no vowel follows is silent: Ahmad, Haniyeh, Mahdi
    for (n, &letter) in out.iter().enumerate() {
        if letter == b'h' && n > 0 && out.get(n + 1).is_none_or(|&c| !is_vowel(c)) {
            continue;
        }
        key.push(letter);
    }
}

/// Adds letters, none twice in a row.
fn push_once(out: &mut Letters, letters: &[u8]) {
    for &letter in letters {
        if out.last() != Some(&letter) || letter.is_ascii_digit() {
            out.push(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_fine_key() {
        for (a, b) in [
            ("Sergei", "Sergey"),
            ("Sergei", "Sergej"),
            ("Yusuf", "Jusuf"),
            ("Shoigu", "Šojgu"),
            ("Шойгу", "Shoigu"),
            ("Syarifudin", "Syarifuddin"),
            ("Nicolò", "Nicolo"),
            ("Soekarno", "Sukarno"),
            ("al-Kinani", "Kinani"),
            ("Faisal", "Feisal"),
        ] {
            assert_eq!(fine_key(a), fine_key(b), "{a} {b}");
        }
    }

    #[test]
    fn different_names_keep_different_keys() {
        for (a, b) in
            [("Mohammad Bagheri", "Ali Bagheri Kani"), ("Hassan", "Hossein"), ("Mario", "Maria"), ("Su-35", "Su-34")]
        {
            assert_ne!(fine_key(a), fine_key(b), "{a} {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn keys_are_ascii_and_never_panic(name in ".{0,40}") {
            proptest::prop_assert!(fine_key(&name).is_ascii());
            proptest::prop_assert!(coarse_key(&name).is_ascii());
        }
    }
}
