//! Words of the packs that help to read a page. The room that reads pages knows no pack: it is
//! given these lists as data.

/// Every kind of row that a pack's `page.tsv` may have, with what its words are.
///
/// The room that reads pages compiles these rows; the packs' loader checks the kinds against this list.
pub const PAGE_KINDS: &[(&str, &str)] = &[
    ("month-1", "the first month, all its forms"),
    ("month-2", "the second month"),
    ("month-3", "the third month"),
    ("month-4", "the fourth month"),
    ("month-5", "the fifth month"),
    ("month-6", "the sixth month"),
    ("month-7", "the seventh month"),
    ("month-8", "the eighth month"),
    ("month-9", "the ninth month"),
    ("month-10", "the tenth month"),
    ("month-11", "the eleventh month"),
    ("month-12", "the twelfth month"),
    ("solar-month", "a month of the Iranian calendar and its number: 'mehr 7'"),
    ("weekday", "the days of the week from Sunday on, then other forms of them"),
    ("zone", "an abbreviation of a time zone and its offset: 'WIB +07:00'"),
    ("pm", "the second half of the day after a time of 12 hours"),
    ("am", "the first half of the day after a time of 12 hours"),
    ("date-word", "words between and beside the parts of a date: 'at', 'on'"),
    (
        "date-order",
        "'day-first' where the language writes 3/4 for the third of April; 'day-first GB' where it does in a country",
    ),
    ("published", "words before the date of publication"),
    ("modified", "words before the date of the last change"),
    ("update-note", "words that open a note on what is new, before a colon or a time: 'Update'"),
    ("correction", "words that open a note on what was wrong: 'Correction', 'An earlier version of this article'"),
    ("note-about", "the article speaks of itself, or of what was added to it: 'this article', 'adds comment'"),
    ("reading-time", "how long the reading takes"),
    ("author", "words before an author's name"),
    ("staff", "words before the name of someone who is no author: the editor, the uploader"),
    ("source", "words before whom the text was taken from: 'Source:'"),
    ("desk", "a desk that signs in the place of an author"),
    ("name-in", "the word between an author's name and a place"),
    ("name-and", "the word between two authors' names"),
    ("read-also", "words that open a pointer to another article"),
    ("read-also-shout", "words that do so only when all in capitals, or before a colon"),
    ("line-start", "a line that begins so is no part of the article"),
    ("line-has", "a line that holds this is no part of the article"),
    ("comments", "the heading of the readers' comments or of the form for them"),
    ("list-head", "the heading of a list of other articles"),
    ("button", "words on buttons, menus and share bars"),
    ("section", "names of sections, as menus and section labels have them"),
    ("caption", "words that tell a caption where they stand alone in brackets or before a colon"),
    ("caption-sure", "words that tell a caption wherever they stand in a short line"),
    ("copyright", "words of a copyright line"),
    ("tags", "words before an article's tags"),
    ("outlet-word", "words that names of outlets end with or consist of"),
    ("legal-form", "legal forms of companies, as in copyright lines"),
];

/// The page words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageWords {
    /// BCP 47 tag of the pack.
    pub tag: String,
    /// Rows of the pack's `page.tsv`: (kind, words); alternatives are separated by `|`. Kinds are
    /// those of [`PAGE_KINDS`]; others are left out.
    pub rows: Vec<(String, String)>,
}

/// What packs and the user tell about pages before they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHints {
    /// Page words of every language: those without a pack first, then those of the packs by tag.
    pub languages: Vec<PageWords>,
    /// Names of outlets and agencies that the world data knows, with their domain where known.
    pub outlets: Vec<(String, Option<String>)>,
    /// Date for pages that tell none, `YYYY-MM-DD`.
    pub fallback_date: Option<String>,
    /// Language for all pages, BCP 47, where the user names one.
    pub language: Option<String>,
    /// Whether to find where the text of an article stands on its page.
    pub places: bool,
}
