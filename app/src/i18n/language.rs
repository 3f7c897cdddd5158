//! The language of the app: the language that the user has chosen, otherwise the first language of the browser that
//! the app supports, otherwise English.

use std::cell::Cell;

use leptos::prelude::*;

use crate::storage::web_storage;

const STORAGE_KEY: &str = "wishboard.language";

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The fallback if the app supports none of the browser's languages.
    English,
    /// Informal: the texts address the user as "du".
    German,
}

thread_local! {
    /// The language of all texts. It is not a signal, because the app redraws all views after a change.
    static CURRENT: Cell<Language> = const { Cell::new(Language::English) };
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

    /// The language's name for itself.
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

/// The language of all texts.
pub fn current() -> Language {
    CURRENT.get()
}

/// The browser's first locale of the current language, such as `en-GB`. It decides the formats of numbers and times.
pub fn locale() -> String {
    let current = current();
    browser_tags()
        .into_iter()
        .find(|tag| Language::from_tag(tag) == Some(current))
        .unwrap_or_else(|| current.tag().to_owned())
}

/// Switches the language. Counts the switches, so that the app redraws all views after each. There is one for the whole
/// app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct LanguageSwitch(RwSignal<u32>);

impl LanguageSwitch {
    /// Sets the initial language, and puts the switch into the context. `App` calls this once.
    pub fn provide() -> Self {
        let chosen = web_storage::get::<String>(STORAGE_KEY).and_then(|tag| Language::from_tag(&tag));
        let language = chosen.or_else(|| browser_tags().iter().find_map(|tag| Language::from_tag(tag)));
        CURRENT.set(language.unwrap_or(Language::English));
        let switch = Self(RwSignal::new(0));
        provide_context(switch);
        switch
    }

    /// The switch from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The number of switches since the start. Tracks changes.
    pub fn count(self) -> u32 {
        self.0.get()
    }

    /// Switches to a language, for this visit and later ones.
    pub fn switch_to(self, language: Language) {
        web_storage::set(STORAGE_KEY, &language.tag());
        CURRENT.set(language);
        self.0.update(|count| *count += 1);
    }
}

/// The languages that the user prefers in the browser's settings, as tags, in order of preference.
fn browser_tags() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}
