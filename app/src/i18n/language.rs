//! The languages of the app.

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The fallback if the app supports none of the browser's languages.
    English,
    /// Informal: the texts address the user as "du".
    German,
}

impl Language {
    /// All languages, in the order in which the footer offers them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language's name for itself. It is not in `Texts`, because the footer offers languages that are not loaded.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag such as `de-AT`, if the app supports it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| tag.get(..2) == Some(language.tag()))
    }
}
