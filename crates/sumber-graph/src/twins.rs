//! Articles of the very same words, a great many of them: linked by a few and told of all.
//!
//! A wire text that ten thousand sites carry unchanged would fill every blocking key and make claims of
//! ten thousand members whose origins are compared with one another. Those beyond the cap of a key add
//! nothing that the others do not tell, so they are left out before the linking and put back behind it.

use rustc_hash::FxHashMap;
use sumber_core::{Analysis, Article, ArticleId, Copy, CopyRelation, Member, Trace, hash64};

use crate::collection::in_time;
use crate::dates::Days;
use crate::limits;

/// Articles left out of the linking, each with the one that stands for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Twins<'a> {
    surplus: Vec<(&'a Article, &'a Analysis, ArticleId)>,
}

impl<'a> Twins<'a> {
    /// Takes out of `articles` (each id once) what has the words of more than the cap of others. The
    /// earliest stay, among equals those with the smallest ids.
    pub fn take(articles: &mut Vec<&'a (Article, Analysis)>) -> Twins<'a> {
        let mut groups: FxHashMap<u64, Vec<&'a (Article, Analysis)>> = FxHashMap::default();
        for pair in articles.iter() {
            groups.entry(hash64(pair.0.text.as_bytes())).or_default().push(pair);
        }
        let mut twins = Twins::default();
        let mut left_out: Vec<ArticleId> = Vec::new();
        for group in groups.into_values().filter(|g| g.len() > limits::HOT_KEY) {
            let mut group = group;
            group.sort_by_cached_key(|(article, _)| {
                in_time(article, article.published.as_deref().and_then(Days::parse))
            });
            let (head, rest) = (group[0], &group[limits::HOT_KEY..]);
            for &pair in rest.iter().filter(|pair| alike(head, pair)) {
                let (article, analysis) = pair;
                twins.surplus.push((article, analysis, head.0.id));
                left_out.push(article.id);
            }
        }
        left_out.sort_unstable();
        twins.surplus.sort_by_key(|(article, _, _)| article.id);
        articles.retain(|pair| left_out.binary_search(&pair.0.id).is_err());
        twins
    }

    /// How many were left out.
    pub fn count(&self) -> usize {
        self.surplus.len()
    }

    /// Puts them back: each a copy of its head, in its story and in its claims.
    pub fn put_back(&self, trace: &mut Trace) {
        let mut of: FxHashMap<ArticleId, Vec<ArticleId>> = FxHashMap::default();
        for (article, _, head) in &self.surplus {
            of.entry(*head).or_default().push(article.id);
            trace.copies.push(Copy {
                from: *head,
                to: article.id,
                relation: CopyRelation::Verbatim,
                score: 1000,
                evidence: vec!["word by word the same, as many others are".to_owned()],
            });
        }
        trace.copies.sort_by_key(|copy| (copy.from, copy.to));
        for story in &mut trace.stories {
            let more: Vec<ArticleId> = story.articles.iter().filter_map(|id| of.get(id)).flatten().copied().collect();
            story.articles.extend(more);
        }
        let extend = |members: &mut Vec<Member>| {
            let more: Vec<Member> = members
                .iter()
                .filter_map(|member| Some((member, of.get(&member.article)?)))
                .flat_map(|(member, twins)| twins.iter().map(|&article| Member { article, part: member.part }))
                .collect();
            members.extend(more);
        };
        for claim in &mut trace.claims {
            extend(&mut claim.members);
            extend(&mut claim.disputed_by);
            claim.origins.iter_mut().for_each(|origin| extend(&mut origin.members));
        }
        let joint: Vec<((ArticleId, String), String)> = self
            .surplus
            .iter()
            .flat_map(|(article, analysis, head)| {
                analysis.entities.iter().map(move |entity| ((article.id, *head), &entity.id))
            })
            .filter_map(|((id, head), local)| {
                let joint = trace.entities.get(&(head, local.clone()))?;
                Some(((id, local.clone()), joint.clone()))
            })
            .collect();
        trace.entities.extend(joint);
    }
}

/// Whether what is told of one by place holds for the other.
fn alike(head: &(Article, Analysis), other: &(Article, Analysis)) -> bool {
    head.0.text == other.0.text
        && head.1.language == other.1.language
        && head.1.sentences == other.1.sentences
        && head.1.statements.len() == other.1.statements.len()
}
