//! The language of the page: the one somebody has chosen here, else the first of their browser's that
//! there is, else English.

use std::cell::Cell;

use leptos::prelude::*;

use crate::storage;

const KEY: &str = "wishboard.language";

/// Every language there is. A new one is a variant, and the compiler names the texts that lack it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The first.
    English,
    /// The second.
    German,
}

/// In the order in which they are offered.
pub const LANGUAGES: [Language; 2] = [Language::English, Language::German];

thread_local! {
    /// What the texts are in. No signal: most texts are drawn once, and the app draws all anew.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

impl Language {
    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What those call it who speak it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag like `de-AT`, if it is there.
    pub fn of(tag: &str) -> Option<Self> {
        LANGUAGES.into_iter().find(|language| tag.get(..2) == Some(language.tag()))
    }
}

/// What the texts are in.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// Finds the language to begin with. Called once, by the app, which draws everything anew when this
/// changes: it counts how often another one was chosen.
pub fn find() -> RwSignal<u32> {
    let chosen = storage::get::<String>(KEY).and_then(|tag| Language::of(&tag));
    let language = chosen.or_else(|| tags().iter().find_map(|tag| Language::of(tag)));
    SPOKEN.set(language.unwrap_or(Language::English));
    RwSignal::new(0)
}

/// Somebody has chosen this one, for good.
pub fn choose(changes: RwSignal<u32>, language: Language) {
    storage::set(KEY, &language.tag());
    SPOKEN.set(language);
    changes.update(|changes| *changes += 1);
}

/// The person's own kind of the language that is spoken, as `en-GB`, so that dates and numbers read as
/// they are used to; else any.
pub fn locale() -> String {
    let spoken = spoken();
    tags()
        .into_iter()
        .find(|tag| Language::of(tag) == Some(spoken))
        .unwrap_or_else(|| spoken.tag().to_owned())
}

/// The languages that the browser is set to, the favourite first.
fn tags() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}
