//! Words of the packs that help to read a page. The room that reads pages knows no pack: it is
//! given these lists as data.

/// The page words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageWords {
    /// BCP 47 tag of the pack.
    pub tag: String,
    /// Rows of the pack's `page.tsv`: (kind, words). Kinds are a closed list of the extract room.
    pub rows: Vec<(String, String)>,
}

/// What packs and the user tell about pages before they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHints {
    /// Page words of every pack, in the order of their tags.
    pub languages: Vec<PageWords>,
    /// Names of outlets and agencies that the world data knows, with their domain where known.
    pub outlets: Vec<(String, Option<String>)>,
    /// Date for pages that tell none, `YYYY-MM-DD`.
    pub fallback_date: Option<String>,
    /// Language for all pages, BCP 47, where the user names one.
    pub language: Option<String>,
}
