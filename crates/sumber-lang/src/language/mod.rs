//! Which language a text is in.

use crate::lexicon::Vocabulary;
use crate::pack::{PackError, PackFiles};

/// Tells languages apart.
#[derive(Clone, Debug, Default)]
pub struct Identifier {}

impl Identifier {
    /// Reads what the packs tell (`language.tsv`).
    pub fn load(_files: &PackFiles, _vocabulary: &mut Vocabulary, _errors: &mut Vec<PackError>) -> Identifier {
        Identifier {}
    }

    /// ISO 639-1 code of the text's language; `None` where it cannot be told.
    pub fn identify(&self, text: &str, declared: Option<&str>) -> Option<String> {
        let _ = declared;
        whatlang::detect_lang(text).and_then(|lang| match lang {
            whatlang::Lang::Ind => Some("id".to_owned()),
            whatlang::Lang::Ita => Some("it".to_owned()),
            whatlang::Lang::Eng => Some("en".to_owned()),
            _ => None,
        })
    }
}
