//! What many articles say together.

use std::collections::BTreeMap;

use crate::{ArticleId, Change, CopyRelation, Diagnostic, Link, StatementIndex};

/// What many articles say together. Articles are named by their ids; the articles and analyses
/// themselves stand beside it.
///
/// Invariant: the same articles give the same trace, whatever their order and number of threads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Local entity ids that turned out to be another's: `(article, local id) -> joint id`.
    pub entities: BTreeMap<(ArticleId, String), String>,
    /// Articles made from another.
    pub copies: Vec<Copy>,
    /// Articles on one happening; every article in exactly one.
    pub stories: Vec<Story>,
    /// Assertions that several statements or sentences make, those that matter most first.
    pub claims: Vec<Claim>,
    /// What was cut to keep within limits.
    pub findings: Vec<Diagnostic>,
}

/// An article made from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The article that was copied.
    pub from: ArticleId,
    /// The copy.
    pub to: ArticleId,
    /// How it was made.
    pub relation: CopyRelation,
    /// Strength in thousandths, 0 to 1000.
    pub score: u32,
    /// What tells, and what tells the direction, in words for a reader.
    pub evidence: Vec<String>,
}

/// Articles on one happening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its articles, by date and id.
    pub articles: Vec<ArticleId>,
}

/// Which part of an article makes a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberPart {
    /// A statement.
    Statement(StatementIndex),
    /// A sentence with no source: index into `Analysis::sentences`.
    Sentence(u32),
}

/// A statement or sentence that makes a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// The article.
    pub article: ArticleId,
    /// The part of it.
    pub part: MemberPart,
}

/// One assertion.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The clearest member's words.
    pub gist: String,
    /// Who makes it, by date and place.
    pub members: Vec<Member>,
    /// The roots at the ends of the chains.
    pub origins: Vec<Origin>,
    /// How many roots are independent of one another: the best estimate.
    pub independent: u32,
    /// What the evidence allows, least and most.
    pub independent_range: (u32, u32),
    /// Who had it first, where dates tell.
    pub first: Option<Member>,
    /// Ways that come back to where they began.
    pub circular: Vec<Circle>,
    /// What changed on the way.
    pub changes: Vec<ClaimChange>,
    /// Members of this or other claims that deny it.
    pub disputed_by: Vec<Member>,
    /// Why origins were joined.
    pub merges: Vec<Merge>,
}

/// One root of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The media through which it came, in order of their names.
    pub via: Vec<String>,
    /// The last link of the chains that end here.
    pub link: Link,
    /// The members whose chains end here.
    pub members: Vec<Member>,
    /// Origins with the same group are one root; groups count from 0.
    pub group: u32,
}

/// Articles that cite one another in a ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// Its articles by date: each has it from another of them.
    pub articles: Vec<ArticleId>,
}

/// Something that changed between two members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimChange {
    /// The member in which it reads differently.
    pub member: Member,
    /// What changed.
    pub what: Change,
    /// As the earlier members have it.
    pub was: String,
    /// As this member has it.
    pub is: String,
}

/// Why two origins are held to be one, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Places in `Claim::origins`.
    pub left: u32,
    /// Places in `Claim::origins`.
    pub right: u32,
    /// Whether the evidence settles it; else it only widens the range.
    pub certain: bool,
    /// The reason in words for a reader.
    pub reason: String,
}
