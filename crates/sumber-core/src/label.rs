//! Closed lists of labels that all languages share. Words differ, labels agree.

/// Makes an enum whose variants have one fixed name on the wire and in packs.
macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every label, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label's name on the wire and in packs.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The label with this name; `None` for a name that is not in the list.
            pub fn parse(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

labels! {
    /// What a name stands for.
    EntityKind {
        /// A human being.
        Person = "PER",
        /// A body with members or staff.
        Organisation = "ORG",
        /// A place that acts or has a government: countries, cities, capitals, provinces.
        Polity = "GPE",
        /// Other places.
        Place = "LOC",
        /// Other names: ships, weapons, treaties.
        Other = "MISC",
    }
}

labels! {
    /// How the content of a statement is worded.
    StatementKind {
        /// All in quotation marks.
        Direct = "direct",
        /// In the reporter's words.
        Indirect = "indirect",
        /// In the reporter's words with quoted parts.
        Mixed = "mixed",
    }
}

labels! {
    /// The source's stance to the content as quoted.
    Stance {
        /// The source says that it is so.
        Asserts = "asserts",
        /// The source says that it is not so.
        Denies = "denies",
        /// No comment, no reply, neither confirmed nor denied.
        Declines = "declines",
    }
}

labels! {
    /// What kind of thing a link of a chain is.
    LinkKind {
        /// News agency, newspaper, broadcaster, site, social-media account of one.
        Medium = "medium",
        /// A named human being.
        Person = "person",
        /// A named organisation, ministry, government, company, the state itself.
        Body = "body",
        /// Described, not named.
        Anonymous = "anonymous",
        /// A named report, treaty, court file.
        Document = "document",
    }
}

labels! {
    /// PLOVER's sixteen types of political events (openeventdata/PLOVER, 2.0).
    EventKind {
        /// Agree or promise to act.
        Agree = "AGREE",
        /// Meet, visit, talk, mediate.
        Consult = "CONSULT",
        /// Praise, sign, ratify, back by diplomacy.
        Support = "SUPPORT",
        /// Yield, ease restrictions, release.
        Concede = "CONCEDE",
        /// Work together in trade, arms, intelligence.
        Cooperate = "COOPERATE",
        /// Give help: money, arms, relief.
        Aid = "AID",
        /// Withdraw, cease fire, return.
        Retreat = "RETREAT",
        /// Ask, demand, urge.
        Request = "REQUEST",
        /// Blame, condemn, investigate.
        Accuse = "ACCUSE",
        /// Refuse, veto, defy.
        Reject = "REJECT",
        /// Threaten with anything.
        Threaten = "THREATEN",
        /// Demonstrate, strike, riot.
        Protest = "PROTEST",
        /// Cut relations, embargo, expel.
        Sanction = "SANCTION",
        /// Move or ready forces.
        Mobilize = "MOBILIZE",
        /// Seize, arrest, restrict.
        Coerce = "COERCE",
        /// Use force.
        Assault = "ASSAULT",
    }
}

labels! {
    /// Whether an event took place.
    EventStatus {
        /// It took place.
        Happened = "happened",
        /// It is under way.
        Ongoing = "ongoing",
        /// Announced, expected, promised.
        Planned = "planned",
        /// May, might, if.
        Possible = "possible",
        /// Said not to have taken place.
        Denied = "denied",
    }
}

labels! {
    /// How a copy was made.
    CopyRelation {
        /// The same words, at most cut or with another lead.
        Verbatim = "verbatim",
        /// The same content in other words of the same language.
        Rewrite = "rewrite",
        /// The same content in another language.
        Translation = "translation",
    }
}

labels! {
    /// What changed between two members of a claim.
    Change {
        /// Another number for the same thing.
        Number = "number",
        /// Another name in the same role.
        Name = "name",
        /// Another day.
        Date = "date",
        /// 'May' became 'will', or the other way.
        Hedge = "hedge",
        /// The same words in another mouth.
        Source = "source",
    }
}
