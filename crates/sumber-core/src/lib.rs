//! The values that every room of sumber shares: what goes along the one straight line
//! *page → article → analysis → trace*.
//!
//! The three types that matter: [`Article`] (the clean text of one page), [`Analysis`] (what one
//! article says, found without looking at a second one) and [`Trace`] (what many articles say
//! together). Everything in an analysis points at the article's words by a [`Span`].
//!
//! This room knows no file, no clock, no HTML and no word of any language, and none of its types
//! is serialised: formats on the wire are types of their own.

mod ids;
mod label;
mod span;

mod analysis;
mod article;
mod diagnostic;
mod hints;
mod trace;

pub use analysis::{
    Analysis, Concept, ContentWord, Entity, Event, Link, Mention, Number, StateWord, Statement, TimeMention,
};
pub use article::{
    Article, BODY_PARTS, DateEvidence, DateSource, HTML_FIELDS, MOST_PAGE_BYTES, Outlet, Page, PageFormat, Part,
    TEXT_FIELDS, TextPlace,
};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use hints::{PAGE_KINDS, PageHints, PageWords};
pub use ids::{ArticleId, EntityIndex, StatementIndex, hash64};
pub use label::{Change, CopyRelation, EntityKind, EventKind, EventStatus, LinkKind, Stance, StatementKind};
pub use span::Span;
pub use trace::{Circle, Claim, ClaimChange, Copy, Member, MemberPart, Merge, Origin, Story, Trace};
